import { checkAssignment } from './check.js';
import { greedy } from './greedy.js';
import {
  buildInstance,
  InvalidInstance,
  LARGEST_PENALTY,
  LARGEST_SCORE,
  penaltiesOf,
  validateInstance,
  type InstanceRows,
  type MatchingInstance,
} from './instance.js';
import { solvePure } from './pure/solve-pure.js';
import { solveSchedule } from './schedule/solve-schedule.js';

const two: InstanceRows = {
  penalty: 100,
  rest: 30,
  volunteers: [
    { maxSlots: 1, maxMinutes: 180, maxShifts: 2, maxMinutesPerPeriod: 120 },
    { maxSlots: 2, maxMinutes: 240, maxShifts: 1 },
  ],
  slots: [
    { min: 1, max: 1, start: 0, end: 60 },
    { min: 0, max: 2, start: 80, end: 140 },
    { min: 2, max: 2, start: 200, end: 320 },
  ],
  candidates: [
    [0, 0, 5],
    [0, 1, 7],
    [0, 2, 4],
    [1, 0, 6],
    [1, 2, 9],
  ],
};
const take = (...edges: number[]): Uint8Array =>
  Uint8Array.from({ length: 5 }, (_, e) => (edges.includes(e) ? 1 : 0));

describe('the independent checker', () => {
  const instance = buildInstance(two);

  it('recomputes the objective with the penalty of every missing head', () => {
    expect(checkAssignment(instance, take(1, 3), 'pure')).toMatchObject({
      objective: 7 + 6 - 200,
      scoreSum: 13,
      missingHeads: 2,
      assigned: 2,
      violations: 0,
    });
  });

  it.each([
    ['pure', take(0, 1), 'slots per volunteer'],
    ['pure', take(0, 3), 'heads per slot'],
    ['schedule', take(0, 1), 'rest between shifts'],
    ['schedule', take(3, 4), 'shifts per volunteer'],
    ['schedule', take(1, 2), 'minutes per period'],
    ['pure', new Uint8Array(4), 'one byte per edge'],
  ] as const)('sees a broken rule (%s: %s)', (problem, taken, rule) => {
    expect(checkAssignment(instance, taken, problem).broken).toHaveProperty([rule]);
  });

  const slot = (start: number, end: number, period = 0) => ({ min: 0, max: 1, start, end, period });
  const broken = (
    volunteer: InstanceRows['volunteers'][number],
    slots: InstanceRows['slots'],
    problem: 'pure' | 'schedule' = 'schedule',
  ) => {
    const rows = { penalty: 1, rest: 30, volunteers: [volunteer], slots };
    const of = buildInstance({ ...rows, candidates: slots.map((_, j) => [0, j, 1]) });
    return checkAssignment(of, new Uint8Array(slots.length).fill(1), problem).broken;
  };

  it('allows everything up to its limit: the rest, the hours, the shifts, the hours of a period', () => {
    expect(
      broken({ maxShifts: 2, maxMinutes: 120, maxMinutesPerPeriod: 120 }, [slot(0, 60), slot(90, 150)]),
    ).toEqual({});
    expect(broken({ maxShifts: 1 }, [slot(0, 60), slot(90, 150)])).toEqual({ 'shifts per volunteer': 1 });
    expect(broken({ maxMinutes: 119 }, [slot(0, 60), slot(90, 150)])).toEqual({ 'minutes per volunteer': 1 });
    expect(broken({}, [slot(0, 60), slot(89, 149)])).toEqual({ 'rest between shifts': 1 });
    expect(broken({ maxMinutesPerPeriod: 119 }, [slot(0, 60), slot(90, 150)])).toEqual({
      'minutes per period': 1,
    });
    expect(broken({ maxMinutesPerPeriod: 60 }, [slot(0, 60), slot(90, 150, 1)])).toEqual({});
    expect(broken({ maxSlots: 2 }, [slot(0, 60), slot(0, 60)], 'pure')).toEqual({});
    expect(broken({ maxSlots: 1, maxShifts: 9 }, [slot(0, 60), slot(90, 150)], 'pure')).toEqual({
      'slots per volunteer': 1,
    });
  });

  it('sees a long shift reach over several later ones, in whatever order they are listed', () => {
    const three = [slot(0, 300), slot(60, 90), slot(310, 340)];
    expect(broken({}, three)).toEqual({ 'rest between shifts': 2 });
    expect(broken({}, [...three].reverse())).toEqual({ 'rest between shifts': 2 });
  });

  it('allows exactly the heads a slot holds, counts what misses below its minimum, and its own penalty', () => {
    const rows: InstanceRows = {
      penalty: 100,
      volunteers: [{}, {}, {}],
      slots: [
        { min: 1, max: 2 },
        { min: 2, max: 3, penalty: 7 },
      ],
      candidates: [
        [0, 0, 1],
        [1, 0, 1],
        [2, 0, 1],
      ],
    };
    const judge = (...bytes: number[]) =>
      checkAssignment(buildInstance(rows), Uint8Array.from(bytes), 'pure');
    expect(judge(1, 1, 0)).toMatchObject({ broken: {}, missingHeads: 2, penaltySum: 14, objective: 2 - 14 });
    expect(judge(1, 1, 1)).toMatchObject({ broken: { 'heads per slot': 1 }, missingHeads: 2 });
    expect(judge(0, 0, 0)).toMatchObject({ missingHeads: 3, penaltySum: 114, assigned: 0 });
    expect(judge(2, 0, 0).broken).toEqual({ 'bytes are 0 or 1': 1 });
    expect(judge(1, 0, 0, 0).broken).toEqual({ 'one byte per edge': 1 });
    expect(judge(2, 1, 1).violations).toBe(2);
  });

  it('sees too many minutes', () => {
    const tight = buildInstance({ ...two, volunteers: [{ maxMinutes: 60 }, {}] });
    expect(checkAssignment(tight, take(2), 'schedule').broken).toEqual({ 'minutes per volunteer': 1 });
  });

  it('finds nothing wrong with what the engine and both greedy rules return', () => {
    for (const taken of [solveSchedule(instance).taken, greedy(instance, 'schedule', 'score')]) {
      expect(checkAssignment(instance, taken, 'schedule').violations).toBe(0);
    }
    for (const taken of [solvePure(instance).taken, greedy(instance, 'pure', 'minima-first')]) {
      expect(checkAssignment(instance, taken, 'pure').violations).toBe(0);
    }
  });
});

describe('an instance', () => {
  const first = { min: 1, max: 1 };
  it.each<[string, InstanceRows]>([
    ['0 <= min <= max', { ...two, slots: [{ min: 2, max: 1 }, ...two.slots.slice(1)] }],
    ['0 <= min <= max', { ...two, slots: [{ min: -1, max: 1 }, ...two.slots.slice(1)] }],
    ['one edge per volunteer and slot', { ...two, candidates: [...two.candidates, [0, 0, 8] as const] }],
    ['slot exists', { ...two, candidates: [[0, 3, 1] as const] }],
    ['slot exists', { ...two, candidates: [[0, -1, 1] as const] }],
    ['candidate names a volunteer', { ...two, candidates: [[2, 0, 1] as const] }],
    ['candidate names a volunteer', { ...two, candidates: [[-1, 0, 1] as const] }],
    ['candidate names a volunteer', { ...two, candidates: [[Number.NaN, 0, 1] as const] }],
    ['score in range', { ...two, candidates: [[0, 0, -1] as const] }],
    ['score in range', { ...two, candidates: [[0, 0, LARGEST_SCORE + 1] as const] }],
    ['penalty in range', { ...two, penalty: -1 }],
    ['penalty in range', { ...two, penalty: 0.5 }],
    ['penalty in range', { ...two, penalty: LARGEST_PENALTY + 1 }],
    ['penalty in range', { ...two, slots: [{ ...first, penalty: -1 }, ...two.slots.slice(1)] }],
    ['start <= end', { ...two, slots: [{ ...first, start: 1, end: 0 }, ...two.slots.slice(1)] }],
    ['volunteer caps are not negative', { ...two, volunteers: [{ maxSlots: -1 }, {}] }],
    ['volunteer caps are not negative', { ...two, volunteers: [{ maxMinutes: -1 }, {}] }],
    ['volunteer caps are not negative', { ...two, volunteers: [{}, { maxShifts: -1 }] }],
  ])('that breaks "%s" is refused', (rule, rows) => {
    expect(() => buildInstance(rows)).toThrow(InvalidInstance);
    expect(() => buildInstance(rows)).toThrow(`"${rule}"`);
  });

  it('may stand at every limit', () => {
    const limits: InstanceRows = {
      penalty: LARGEST_PENALTY,
      volunteers: [{ maxSlots: 0, maxMinutes: 0, maxShifts: 0 }],
      slots: [{ min: 0, max: 0, start: 5, end: 5, penalty: 0 }],
      candidates: [[0, 0, LARGEST_SCORE]],
    };
    expect(buildInstance(limits)).toMatchObject({ volunteers: 1, slots: 1, edges: 1 });
    expect(buildInstance({ ...limits, candidates: [[0, 0, 0]] }).score).toEqual(Int32Array.of(0));
  });

  it('is built from rows in any order, with what is left out unlimited', () => {
    const instance = buildInstance({ ...two, candidates: [...two.candidates].reverse() });
    expect(instance).toEqual(buildInstance(two));
    expect([...instance.ptr]).toEqual([0, 3, 5]);
    expect([...instance.col]).toEqual([0, 1, 2, 0, 2]);
    expect(instance.maxMinutesPerPeriod?.[1]).toBe(instance.maxMinutesPerPeriod?.at(-1));
    const bare = buildInstance({ penalty: 3, volunteers: [{}], slots: [{ min: 0, max: 1 }], candidates: [] });
    expect([bare.maxSlots[0], bare.maxMinutes[0], bare.maxShifts[0]]).toEqual([
      0x3fffffff, 0x3fffffff, 0x3fffffff,
    ]);
    expect([bare.penalties, bare.period, bare.maxMinutesPerPeriod, bare.rest]).toEqual([
      undefined,
      undefined,
      undefined,
      0,
    ]);
    expect([...penaltiesOf(bare)]).toEqual([3]);
    const [own] = [buildInstance({ ...two, slots: [{ ...first, penalty: 9 }, ...two.slots.slice(1)] })];
    expect([...penaltiesOf(own)]).toEqual([9, 100, 100]);
  });

  it.each<[string, Partial<MatchingInstance>]>([
    ['array lengths', { maxSlots: new Int32Array(1) }],
    ['array lengths', { maxMinutes: new Int32Array(3) }],
    ['array lengths', { maxShifts: new Int32Array(0) }],
    ['array lengths', { min: new Int32Array(2) }],
    ['array lengths', { max: new Int32Array(2) }],
    ['array lengths', { start: new Int32Array(4) }],
    ['array lengths', { end: new Int32Array(4) }],
    ['array lengths', { ptr: Int32Array.of(0, 5) }],
    ['array lengths', { col: new Int32Array(4) }],
    ['array lengths', { score: new Int32Array(6) }],
    ['array lengths', { penalties: new Int32Array(2) }],
    ['array lengths', { period: new Int32Array(2) }],
    ['array lengths', { maxMinutesPerPeriod: new Int32Array(1) }],
    ['rows start at 0 and end at the last edge', { ptr: Int32Array.of(1, 3, 5) }],
    ['rows start at 0 and end at the last edge', { ptr: Int32Array.of(0, 3, 4) }],
    ['rows do not run backwards', { ptr: Int32Array.of(0, 6, 5) }],
  ])('from a file that breaks "%s" is refused: %j', (rule, change) => {
    const instance = buildInstance(two);
    validateInstance(instance); // the control
    expect(() => {
      validateInstance({ ...instance, ...change });
    }).toThrow(`"${rule}"`);
  });
});

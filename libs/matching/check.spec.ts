import { checkAssignment } from './check.js';
import { greedy } from './greedy.js';
import { buildInstance, InvalidInstance, type InstanceRows } from './instance.js';
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
  it.each([
    ['0 <= min <= max', { ...two, slots: [{ min: 2, max: 1 }, ...two.slots.slice(1)] }],
    ['one edge per volunteer and slot', { ...two, candidates: [...two.candidates, [0, 0, 8] as const] }],
    ['slot exists', { ...two, candidates: [[0, 3, 1] as const] }],
    ['candidate names a volunteer', { ...two, candidates: [[2, 0, 1] as const] }],
    ['score in range', { ...two, candidates: [[0, 0, -1] as const] }],
    ['penalty in range', { ...two, penalty: -1 }],
  ])('that breaks "%s" is refused', (rule, rows) => {
    expect(() => buildInstance(rows)).toThrow(InvalidInstance);
    expect(() => buildInstance(rows)).toThrow(`"${rule}"`);
  });
});

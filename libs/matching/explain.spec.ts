import { match } from './engine.js';
import { explainSlot, explainVolunteer } from './explain.js';
import { buildInstance, type InstanceRows } from './instance.js';
import { sampleInstance } from './sample-instance.js';

describe('reasons', () => {
  const instance = buildInstance({
    penalty: 1000,
    rest: 30,
    volunteers: [{ maxMinutes: 120 }, { maxMinutes: 600 }, { maxShifts: 1 }],
    slots: [
      { min: 0, max: 1, start: 0, end: 60 },
      { min: 0, max: 1, start: 70, end: 130 },
      { min: 3, max: 3, start: 300, end: 480 },
      { min: 1, max: 1, start: 900, end: 960 },
    ],
    candidates: [
      [0, 0, 50],
      [0, 1, 10],
      [0, 2, 90],
      [1, 0, 80],
      [1, 2, 70],
      [2, 2, 60],
      [2, 0, 40],
    ],
  });
  const finished = { instance, ...match(instance, { problem: 'schedule' }) };

  it('tell a person why this and not that', () => {
    const codes = Object.fromEntries(explainVolunteer(finished, 0).map((r) => [r.slot, r.code]));
    expect(codes).toEqual({ 0: 'outbid', 1: 'given', 2: 'hours-limit' });
    expect(explainVolunteer(finished, 2).map((r) => r.code)).toEqual(['given', 'outbid']);
  });

  it('tell a slot why it is short', () => {
    expect(explainSlot(finished, 2)).toMatchObject({
      heads: 2,
      missingHeads: 1,
      candidates: 3,
      because: { given: 2, 'hours-limit': 1 },
    });
    expect(explainSlot(finished, 3)).toMatchObject({ missingHeads: 1, candidates: 0, people: [] });
  });

  it('never call something given that was not, and find no unused room in a good schedule', () => {
    const large = sampleInstance({ volunteers: 300, slots: 40, seed: 8 });
    const result = match(large, { problem: 'schedule' });
    let room = 0;
    for (let i = 0; i < large.volunteers; i++) {
      for (const r of explainVolunteer({ instance: large, ...result }, i))
        if (r.code === 'room' && r.score > 0) room++;
    }
    expect(room).toBe(0);
  });
});

describe('each reason', () => {
  const slot = (start: number, end: number, max = 1, min = 0) => ({ min, max, start, end });
  const two: InstanceRows = {
    penalty: 100,
    rest: 30,
    volunteers: [{ maxShifts: 2, maxMinutes: 120 }, {}],
    slots: [slot(0, 60), slot(89, 149), slot(200, 260, 1), slot(400, 460, 2, 2), slot(600, 660)],
    candidates: [
      [0, 0, 50],
      [0, 1, 70],
      [0, 2, 70],
      [0, 3, 90],
      [0, 4, 10],
      [1, 2, 80],
      [1, 3, 5],
    ],
  };
  /** Edges in the order of the candidates above. */
  const reasons = (
    held: readonly number[],
    price: readonly number[],
    rows: InstanceRows = two,
    problem: 'pure' | 'schedule' = 'schedule',
  ) => {
    const finished = {
      instance: buildInstance(rows),
      problem,
      taken: Uint8Array.from({ length: rows.candidates.length }, (_, e) => (held.includes(e) ? 1 : 0)),
      price: Int32Array.from(price),
    };
    return { person: explainVolunteer(finished, 0), slot: (j: number) => explainSlot(finished, j) };
  };
  const codes = (found: readonly { slot: number; code: string }[]) =>
    Object.fromEntries(found.map((r) => [r.slot, r.code]));

  it('stands with the best score first, equal scores in the order of the slots, and with the price', () => {
    const { person } = reasons([0], [11, 12, 13, 14, 15]);
    expect(person.map((r) => [r.slot, r.score, r.pricePoints])).toEqual([
      [3, 90, 14],
      [1, 70, 12],
      [2, 70, 13],
      [0, 50, 11],
      [4, 10, 15],
    ]);
  });

  it('is a clash with the shift held, also where only the rest is missing by a minute', () => {
    const { person } = reasons([0], [0, 0, 0, 0, 0]);
    expect(person.find((r) => r.slot === 1)).toMatchObject({ code: 'clash', insteadOf: 0 });
    const [first, , ...others] = two.slots;
    if (first === undefined) throw new Error('no slots');
    const rested = { ...two, slots: [first, slot(90, 150), ...others] };
    expect(codes(reasons([0], [0, 0, 0, 0, 0], rested).person)[1]).toBe('room');
  });

  it('is the number of shifts before the hours, and the hours when a shift more would be one too many', () => {
    expect(codes(reasons([0, 2], [0, 0, 0, 0, 0]).person)).toEqual({
      0: 'given',
      1: 'clash',
      2: 'given',
      3: 'shift-limit',
      4: 'shift-limit',
    });
    const hours = { ...two, volunteers: [{ maxShifts: 3, maxMinutes: 120 }, {}] };
    expect(codes(reasons([0, 2], [0, 0, 0, 0, 0], hours).person)).toMatchObject({
      3: 'hours-limit',
      4: 'hours-limit',
    });
    const enough = { ...two, volunteers: [{ maxShifts: 3, maxMinutes: 180 }, {}] };
    expect(codes(reasons([0, 2], [0, 0, 0, 0, 0], enough).person)).toMatchObject({ 3: 'room', 4: 'room' });
  });

  it('is outbid only in a full slot whose place was worth more than the claim', () => {
    expect(codes(reasons([5], [0, 0, 71, 0, 0]).person)[2]).toBe('outbid');
    expect(codes(reasons([5], [0, 0, 70, 0, 0]).person)[2]).toBe('full');
    expect(codes(reasons([], [0, 0, 71, 0, 0]).person)[2]).toBe('room');
  });

  it('asks the pure problem for its own limit, and never for times', () => {
    const pure = { ...two, volunteers: [{ maxSlots: 1, maxShifts: 9, maxMinutes: 0 }, {}] };
    const zero = [0, 0, 0, 0, 0];
    expect(codes(reasons([0], zero, pure, 'pure').person)).toMatchObject({
      0: 'given',
      1: 'shift-limit',
      2: 'shift-limit',
    });
    const free = { ...two, volunteers: [{ maxSlots: 2, maxShifts: 0, maxMinutes: 0 }, {}] };
    expect(codes(reasons([0], zero, free, 'pure').person)).toMatchObject({ 1: 'room', 2: 'room' });
    expect(codes(reasons([0, 5], zero, free, 'pure').person)).toMatchObject({ 1: 'room', 2: 'full' });
  });

  it('is counted per slot, with the heads it has and misses', () => {
    const { slot: of } = reasons([6], [0, 0, 0, 0, 0]);
    expect(of(3)).toEqual({
      slot: 3,
      heads: 1,
      missingHeads: 1,
      candidates: 2,
      because: { room: 1, given: 1 },
      people: [
        { volunteer: 0, code: 'room' },
        { volunteer: 1, code: 'given' },
      ],
    });
    expect(reasons([3, 6], [0, 0, 0, 0, 0]).slot(3)).toMatchObject({ heads: 2, missingHeads: 0 });
    expect(of(0)).toMatchObject({ heads: 0, missingHeads: 0, candidates: 1 });
  });
});

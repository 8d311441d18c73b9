import { buildInstance, type Candidate, type InstanceRows } from './instance.js';
import { repair, type RepairMode } from './repair.js';

type Slot = InstanceRows['slots'][number];
type Volunteer = InstanceRows['volunteers'][number];

/** A case small enough to see the whole answer: who held what, who withdrew, and which edges come and go. */
function repaired(
  rows: { slots: Slot[]; volunteers: Volunteer[]; candidates: Candidate[]; rest?: number },
  held: readonly number[],
  withdrawn: readonly number[],
  mode: RepairMode,
  more: { longestChain?: number; problem?: 'pure' | 'schedule' } = {},
) {
  const instance = buildInstance({ penalty: 1000, ...rows });
  const confirmed = Uint8Array.from({ length: instance.edges }, (_, e) => (held.includes(e) ? 1 : 0));
  const result = repair(instance, { problem: 'schedule', confirmed, withdrawn, mode, ...more });
  const { moved, added, missingBefore, report } = result;
  expect(report.broken).toEqual({});
  return { moved, added, missing: [missingBefore, report.missingHeads] };
}

const slot = (hour: number, min = 1, max = 1): Slot => ({ min, max, start: hour * 60, end: hour * 60 + 60 });
const one: Volunteer = { maxShifts: 1, maxSlots: 1 };

describe('a repair', () => {
  /** 0 held slot 0 and withdrew; 1 holds slot 1 and could come; 2 is free and could take slot 1. */
  const chain = {
    slots: [slot(8), slot(12)],
    volunteers: [one, one, one],
    candidates: [
      [0, 0, 9],
      [1, 0, 5],
      [1, 1, 5],
      [2, 1, 1],
    ] as Candidate[],
  };

  it('fills a gap with somebody free, and moves nobody', () => {
    const free = { ...chain, candidates: [...chain.candidates, [2, 0, 1]] as Candidate[] };
    for (const mode of ['frozen', 'least-disturbance'] as const) {
      // Sorted, the new candidate 2 → 0 is edge 3 and 2 → 1 is edge 4.
      expect(repaired(free, [0, 2], [0], mode)).toEqual({ moved: [], added: [3], missing: [1, 0] });
    }
  });

  it('never gives anything back to somebody who withdrew, however good they are', () => {
    const alone = { slots: [slot(8)], volunteers: [one], candidates: [[0, 0, 9]] as Candidate[] };
    for (const problem of ['pure', 'schedule'] as const) {
      expect(repaired(alone, [0], [0], 'least-disturbance', { problem })).toEqual({
        moved: [],
        added: [],
        missing: [1, 1],
      });
    }
  });

  it('leaves a gap rather than move somebody confirmed, unless asked for least disturbance', () => {
    expect(repaired(chain, [0, 2], [0], 'frozen')).toEqual({ moved: [], added: [], missing: [1, 1] });
    expect(repaired(chain, [0, 2], [0], 'least-disturbance')).toEqual({
      moved: [2],
      added: [1, 3],
      missing: [1, 0],
    });
  });

  it('does not move a gap from one slot to another', () => {
    const { candidates, ...rest } = chain;
    const nobody = { ...rest, candidates: candidates.slice(0, 3) };
    expect(repaired(nobody, [0, 2], [0], 'least-disturbance')).toEqual({
      moved: [],
      added: [],
      missing: [1, 1],
    });
    // The control: a slot that needs nobody may be emptied.
    const [first = slot(8)] = chain.slots;
    const spare = { ...nobody, slots: [first, slot(12, 0)] };
    expect(repaired(spare, [0, 2], [0], 'least-disturbance')).toEqual({
      moved: [2],
      added: [1],
      missing: [1, 0],
    });
  });

  it('asks no longer a chain of people to move than allowed', () => {
    const long = {
      slots: [slot(8), slot(12), slot(16)],
      volunteers: [one, one, one, one],
      candidates: [
        [0, 0, 9],
        [1, 0, 5],
        [1, 1, 5],
        [2, 1, 5],
        [2, 2, 5],
        [3, 2, 5],
      ] as Candidate[],
    };
    const within = (longestChain: number) =>
      repaired(long, [0, 2, 4], [0], 'least-disturbance', { longestChain });
    expect(within(0)).toEqual({ moved: [], added: [], missing: [1, 1] });
    expect(within(1)).toEqual({ moved: [], added: [], missing: [1, 1] });
    expect(within(2)).toEqual({ moved: [2, 4], added: [1, 3, 5], missing: [1, 0] });
  });

  it('asks four people at most when nothing else is said', () => {
    const people = Array.from({ length: 7 }, (_, i) => i);
    const row = (length: number) => ({
      slots: people.slice(0, length + 1).map((i) => slot(3 * i)),
      volunteers: people.slice(0, length + 2).map(() => one),
      // Person i holds slot i and could take slot i − 1; the last one is free.
      candidates: people
        .slice(0, length + 2)
        .flatMap((i): Candidate[] => [
          ...(i > 0 ? [[i, i - 1, 5] as const] : []),
          ...(i <= length ? [[i, i, 5] as const] : []),
        ]),
    });
    const held = (length: number) => people.slice(0, length + 1).map((i) => 2 * i);
    expect(repaired(row(4), held(4), [0], 'least-disturbance').missing).toEqual([1, 0]);
    expect(repaired(row(5), held(5), [0], 'least-disturbance').missing).toEqual([1, 1]);
  });

  it('prefers one person moved for few points to two moved for many', () => {
    const choice = {
      slots: [slot(8), slot(12), slot(16), slot(20)],
      volunteers: [one, one, one, one, one, one],
      candidates: [
        [0, 0, 1],
        // One move: 1 comes from slot 1, and 4, who is free, takes slot 1 for nothing.
        [1, 0, 1],
        [1, 1, 9000],
        // Two moves: 2 comes from slot 2, 3 follows from slot 3, 5 is free.
        [2, 0, 9000],
        [2, 2, 1],
        [3, 2, 9000],
        [3, 3, 1],
        [4, 1, 0],
        [5, 3, 9000],
      ] as Candidate[],
    };
    expect(repaired(choice, [0, 2, 4, 6], [0], 'least-disturbance')).toEqual({
      moved: [2],
      added: [1, 7],
      missing: [1, 0],
    });
  });

  it('offers a vacated place above the minimum to free people only, and no more places than were held', () => {
    const offer = {
      slots: [slot(8, 0, 3), slot(12, 0)],
      volunteers: [one, one, one, one],
      candidates: [
        [0, 0, 9],
        [1, 0, 9],
        [1, 1, 1],
        [2, 0, 1],
        [3, 0, 2],
      ] as Candidate[],
    };
    expect(repaired(offer, [0, 2], [0], 'least-disturbance')).toEqual({
      moved: [],
      added: [4],
      missing: [0, 0],
    });
    const [first, second, ...others] = offer.candidates;
    if (first === undefined || second === undefined) throw new Error('no candidates');
    const nobodyFree = { ...offer, candidates: [first, second, ...others.slice(0, 1)] };
    expect(repaired(nobodyFree, [0, 2], [0], 'least-disturbance')).toEqual({
      moved: [],
      added: [],
      missing: [0, 0],
    });
  });

  it('keeps the rules of the person it asks: rest, hours and shifts in a schedule', () => {
    const asked = (volunteer: Volunteer, rest: number, hour = 9) =>
      repaired(
        {
          rest,
          slots: [slot(8), slot(hour)],
          volunteers: [one, volunteer],
          candidates: [
            [0, 0, 9],
            [1, 0, 5],
            [1, 1, 5],
          ],
        },
        [0, 2],
        [0],
        'frozen',
      ).added;
    expect(asked({ maxShifts: 2, maxMinutes: 120 }, 0)).toEqual([1]);
    expect(asked({ maxShifts: 1, maxMinutes: 120 }, 0)).toEqual([]);
    expect(asked({ maxShifts: 2, maxMinutes: 119 }, 0)).toEqual([]);
    expect(asked({ maxShifts: 2, maxMinutes: 120 }, 1)).toEqual([]);
    expect(asked({ maxShifts: 2, maxMinutes: 120 }, 60, 10)).toEqual([1]);
  });

  it('asks the pure problem for its own limit, and never for times', () => {
    const asked = (volunteer: Volunteer) =>
      repaired(
        {
          rest: 600,
          slots: [slot(8), slot(8)],
          volunteers: [one, volunteer],
          candidates: [
            [0, 0, 9],
            [1, 0, 5],
            [1, 1, 5],
          ],
        },
        [0, 2],
        [0],
        'frozen',
        { problem: 'pure' },
      ).added;
    expect(asked({ maxSlots: 2, maxShifts: 0, maxMinutes: 0, maxMinutesPerPeriod: 0 })).toEqual([1]);
    expect(asked({ maxSlots: 1, maxShifts: 9 })).toEqual([]);
  });

  it('repairs several withdrawals at once, and leaves who is not concerned alone', () => {
    const several = {
      slots: [slot(8), slot(12), slot(16)],
      volunteers: [one, one, one, one, one],
      candidates: [
        [0, 0, 9],
        [1, 1, 9],
        [2, 2, 1],
        [3, 0, 1],
        [3, 1, 2],
        [4, 0, 3],
        [4, 2, 9000],
      ] as Candidate[],
    };
    expect(repaired(several, [0, 1, 2], [0, 1], 'least-disturbance')).toEqual({
      moved: [],
      added: [4, 5],
      missing: [2, 0],
    });
    expect(repaired(several, [0, 1, 2], [], 'least-disturbance')).toEqual({
      moved: [],
      added: [],
      missing: [0, 0],
    });
  });
});

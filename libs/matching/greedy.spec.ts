import { extendGreedily, greedy, type GreedyRule } from './greedy.js';
import { fadeHistory, satisfaction } from './fairness.js';
import { buildInstance, type InstanceRows } from './instance.js';

const hour = (start: number, min: number, max: number, penalty?: number) => ({
  min,
  max,
  start: start * 60,
  end: start * 60 + 60,
  ...(penalty === undefined ? {} : { penalty }),
});
const rows: InstanceRows = {
  penalty: 100,
  volunteers: [{ maxSlots: 1, maxShifts: 2 }, { maxSlots: 2, maxShifts: 2 }, {}],
  slots: [hour(8, 0, 1), hour(8, 1, 1), hour(12, 2, 2, 500)],
  candidates: [
    [0, 0, 9],
    [0, 1, 8],
    [1, 0, 7],
    [1, 1, 6],
    [1, 2, 5],
    [2, 0, 0],
    [2, 2, 0],
  ],
};
const taken = (
  rule: GreedyRule,
  problem: 'pure' | 'schedule',
  change: Partial<InstanceRows> = {},
  frozen?: number[],
) => {
  const instance = buildInstance({ ...rows, ...change });
  const edges = frozen && Uint8Array.from({ length: instance.edges }, (_, e) => (frozen.includes(e) ? 1 : 0));
  return [...greedy(instance, problem, rule, edges)].flatMap((t, e) => (t === 1 ? [e] : []));
};

describe('greedy', () => {
  it('takes the best score first while it fits, and nothing that is worth nothing', () => {
    expect(taken('score', 'pure')).toEqual([0, 3, 4]);
    expect(taken('score', 'schedule')).toEqual([0, 3, 4]);
  });

  it('fills minima first, those with the higher penalty before, also with people worth nothing', () => {
    expect(taken('minima-first', 'pure')).toEqual([1, 2, 4, 6]);
    // One place each: 2 and 1 go where a missing head costs 500, so that 1 is lost to the slot at 8.
    const one = rows.volunteers.map(() => ({ maxSlots: 1, maxShifts: 1 }));
    expect(taken('minima-first', 'pure', { volunteers: one })).toEqual([1, 4, 6]);
    expect(taken('score', 'pure', { volunteers: one })).toEqual([0, 3]);
  });

  it('keeps what is confirmed, and adds around it', () => {
    expect(taken('score', 'pure', {}, [5])).toEqual([1, 4, 5]);
    expect(taken('score', 'pure', {}, [1])).toEqual([1, 2, 4]);
  });

  it('keeps the shifts of a person apart in a schedule only', () => {
    const clashing = { volunteers: [{ maxSlots: 2, maxShifts: 2 }], candidates: rows.candidates.slice(0, 2) };
    expect(taken('score', 'pure', clashing)).toEqual([0, 1]);
    expect(taken('score', 'schedule', clashing)).toEqual([0]);
  });

  it('adds to an assignment in place', () => {
    const instance = buildInstance(rows);
    const edges = new Uint8Array(instance.edges);
    extendGreedily(instance, 'pure', 'score', edges);
    expect([...edges]).toEqual([1, 0, 0, 1, 1, 0, 0]);
  });

  it('breaks ties by the number of the edge, over the whole range of scores', () => {
    const scores = [1, 1 << 20, (1 << 20) + 1, (1 << 10) - 1, 1 << 10, (1 << 26) - 1, 1 << 26, 1 << 26];
    const wide = buildInstance({
      penalty: 0,
      volunteers: scores.map(() => ({})),
      slots: [hour(8, 0, 3)],
      candidates: scores.map((score, i) => [i, 0, score]),
    });
    const best = [...greedy(wide, 'pure', 'score')].flatMap((t, e) => (t === 1 ? [e] : []));
    expect(best).toEqual([5, 6, 7]);
    const tied = { ...wide, max: Int32Array.of(1) };
    expect(greedy(tied, 'pure', 'score').indexOf(1)).toBe(6);
  });
});

describe('the memory of who had what', () => {
  it('fades earlier rounds by a fifth, or as asked', () => {
    expect(fadeHistory({ granted: 1, wanted: 2 }, 1, 3)).toEqual({ granted: 1.8, wanted: 4.6 });
    expect(fadeHistory({ granted: 1, wanted: 2 }, 1, 3, 0.5)).toEqual({ granted: 1.5, wanted: 4 });
    expect(fadeHistory({ granted: 1, wanted: 2 }, 0, 0, 0)).toEqual({ granted: 0, wanted: 0 });
  });

  it('counts remembered and present together, and contents who wants nothing', () => {
    expect(satisfaction({ granted: 1, wanted: 2 }, 1, 2)).toBe(0.5);
    expect(satisfaction({ granted: 0, wanted: 0 }, 0, 0)).toBe(1);
    expect(satisfaction({ granted: 0, wanted: 0 }, 0, 1)).toBe(0);
  });
});

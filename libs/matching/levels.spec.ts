import fc from 'fast-check';

import { checkAssignment } from './check.js';
import { fadeHistory } from './fairness.js';
import type { MatchingInstance } from './instance.js';
import { buildInstance } from './instance.js';
import { matchByLevels, type LevelsRequest } from './levels.js';
import { smallInstance } from './test-support/small-instances.test-support.js';

/** All assignments of a small pure instance. */
function* assignments(instance: MatchingInstance): Generator<Uint8Array> {
  for (let set = 0; set < 1 << instance.edges; set++) {
    const taken = Uint8Array.from({ length: instance.edges }, (_, e) => (set >> e) & 1);
    if (checkAssignment(instance, taken, 'pure').violations === 0) yield taken;
  }
}

const lexicographically = (a: readonly number[], b: readonly number[]): number => {
  const k = a.findIndex((v, q) => Math.abs(v - (b[q] ?? 0)) > 1e-9);
  return k < 0 ? 0 : (a[k] ?? 0) - (b[k] ?? 0);
};

describe('levels', () => {
  it('give the least weighted shortfall, then the leximin shares, then a score within its bound', () => {
    fc.assert(
      fc.property(
        smallInstance.filter((i) => i.edges <= 11),
        fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 7, maxLength: 7 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 }),
        (instance, people, weights) => {
          const wanted = people.slice(0, instance.volunteers).map(([want]) => want);
          const past = people
            .slice(0, instance.volunteers)
            .map(([want, had]) => ({ granted: Math.min(had, want), wanted: want }));
          const criticality = Int32Array.from(weights.slice(0, instance.slots));
          const result = matchByLevels({ instance, problem: 'pure', criticality, wanted, past, seed: 1 });
          const capped = {
            ...instance,
            maxSlots: instance.maxSlots.map((b, i) => Math.min(b, wanted[i] ?? 0)),
            penalties: criticality,
          };
          const judged = [...assignments(capped)].map((taken) => {
            const report = checkAssignment(capped, taken, 'pure');
            const shares = past.map((p, i) => {
              const row = taken.subarray(instance.ptr[i], instance.ptr[i + 1]);
              const all = p.wanted + (wanted[i] ?? 0);
              return all === 0 ? 1 : (p.granted + row.reduce((a, t) => a + t, 0)) / all;
            });
            return { short: report.penaltySum, shares: shares.sort((a, b) => a - b), score: report.scoreSum };
          });
          const least = Math.min(...judged.map((j) => j.short));
          expect(result.coverage).toEqual({ weightedShortfall: least, bound: least });
          const covered = judged.filter((j) => j.short === least);
          for (const j of covered)
            expect(lexicographically(result.fairness.shares, j.shares)).toBeGreaterThanOrEqual(0);
          expect(result.fairness.exact).toBe(true);
          expect(result.score.sum).toBeLessThanOrEqual(result.score.bound);
          const best = Math.max(
            ...covered
              .filter((j) => lexicographically(result.fairness.shares, j.shares) === 0)
              .map((j) => j.score),
          );
          expect(result.score.sum).toBeLessThanOrEqual(best);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('remember: who went without last time goes first', () => {
    const instance = buildInstance({
      penalty: 1,
      volunteers: [{ maxSlots: 1 }, { maxSlots: 1 }],
      slots: [{ min: 1, max: 1 }],
      candidates: [
        [0, 0, 9000],
        [1, 0, 1],
      ],
    });
    const none = { granted: 0, wanted: 0 };
    const past = [fadeHistory(none, 1, 1), fadeHistory(none, 0, 1)];
    const result = matchByLevels({
      instance,
      problem: 'pure',
      criticality: Int32Array.of(1),
      wanted: [1, 1],
      past,
      seed: 1,
    });
    expect([...result.taken]).toEqual([0, 1]);
  });
});

describe('what the levels claim', () => {
  const hour = { start: 0, end: 60, min: 1, max: 1 };
  const instance = buildInstance({
    penalty: 1,
    volunteers: [{ maxSlots: 2 }, { maxSlots: 2 }],
    slots: [hour, { ...hour, start: 100, end: 160 }],
    candidates: [
      [0, 0, 5],
      [0, 1, 5],
      [1, 0, 4],
      [1, 1, 4],
    ],
  });
  const request: LevelsRequest = {
    instance,
    problem: 'pure',
    criticality: Int32Array.of(1, 1),
    wanted: [2, 2],
    past: [0, 1].map(() => ({ granted: 0, wanted: 0 })),
    seed: 1,
  };

  it('calls the shares exact in the pure problem only: with schedules and with visits they are a heuristic', () => {
    expect(matchByLevels(request).fairness).toEqual({ shares: [0.5, 0.5], exact: true });
    const schedule = matchByLevels({ ...request, problem: 'schedule' });
    expect(schedule.fairness).toEqual({ shares: [0.5, 0.5], exact: false });
    expect(matchByLevels({ ...request, pairs: [] }).fairness.exact).toBe(false);
  });

  it('calls neither the shares exact nor the run complete when the time is up', () => {
    const hurried = matchByLevels({ ...request, timeLimitS: 0 });
    expect([hurried.fairness.exact, hurried.complete]).toEqual([false, false]);
    expect(matchByLevels({ ...request, timeLimitS: 60 })).toMatchObject({ complete: true });
  });

  it('gives nobody more than they want, also nobody who wants nothing', () => {
    const shifts = (wanted: readonly number[], problem: 'pure' | 'schedule') => {
      const { taken } = matchByLevels({ ...request, wanted, problem });
      return [(taken[0] ?? 0) + (taken[1] ?? 0), (taken[2] ?? 0) + (taken[3] ?? 0)];
    };
    for (const problem of ['pure', 'schedule'] as const) {
      expect(shifts([0, 2], problem)).toEqual([0, 2]);
      expect(shifts([1, 0], problem)).toEqual([1, 0]);
      expect(shifts([0, 0], problem)).toEqual([0, 0]);
    }
  });

  it('leaves confirmed shifts where they are, even when that is less fair', () => {
    const frozen = Uint8Array.of(1, 1, 0, 0);
    const result = matchByLevels({ ...request, frozen });
    expect([...result.taken]).toEqual([1, 1, 0, 0]);
    expect(result.fairness.shares).toEqual([0, 1]);
  });

  it('fills the slot that matters more when there are too few people, and says how many are missing', () => {
    const one = buildInstance({
      penalty: 1,
      volunteers: [{ maxSlots: 1 }],
      slots: [hour, hour],
      candidates: [
        [0, 0, 9000],
        [0, 1, 1],
      ],
    });
    const alone = { ...request, instance: one, wanted: [1], past: [{ granted: 0, wanted: 0 }] };
    const result = matchByLevels({ ...alone, criticality: Int32Array.of(2, 5) });
    expect([...result.taken]).toEqual([0, 1]);
    expect(result.coverage).toEqual({ weightedShortfall: 2, bound: 2 });
    expect(result.score).toEqual({ sum: 1, bound: 1, gap: 0 });
    expect([...matchByLevels({ ...alone, criticality: Int32Array.of(5, 2) }).taken]).toEqual([1, 0]);
  });

  it('takes the better score among equally fair ways, and proves it', () => {
    const better = buildInstance({
      penalty: 1,
      volunteers: [{ maxSlots: 1 }, { maxSlots: 1 }],
      slots: [hour, hour],
      candidates: [
        [0, 0, 5],
        [0, 1, 9],
        [1, 0, 9],
        [1, 1, 5],
      ],
    });
    const result = matchByLevels({ ...request, instance: better, wanted: [1, 1] });
    expect([...result.taken]).toEqual([0, 1, 1, 0]);
    expect(result.score).toEqual({ sum: 18, bound: 18, gap: 0 });
  });

  it('counts a person who wants nothing and never wanted anything as content', () => {
    const result = matchByLevels({ ...request, wanted: [2, 0] });
    expect(result.fairness.shares).toEqual([1, 1]);
  });
});

describe('home visits', () => {
  const visit = { start: 0, end: 60, min: 1, max: 1 };
  const rows = {
    penalty: 1,
    volunteers: [{}, {}, {}],
    slots: [visit, visit, { ...visit, start: 100, end: 160 }, { ...visit, start: 100, end: 160 }],
    candidates: [
      [0, 0, 5],
      [1, 1, 5],
      [2, 1, 4],
      [1, 3, 9],
    ] as [number, number, number][],
  };
  const pairs = [
    { lead: 0, companion: 1 },
    { lead: 2, companion: 3 },
  ];
  const solve = (forbidden: readonly (readonly [number, number])[]) =>
    matchByLevels({
      instance: buildInstance(rows),
      problem: 'schedule',
      criticality: new Int32Array(4).fill(1),
      wanted: [2, 2, 2],
      past: [0, 1, 2].map(() => ({ granted: 0, wanted: 0 })),
      seed: 1,
      pairs,
      forbidden,
    });

  it('have two people or none', () => {
    const result = solve([]);
    expect(result.visitsLeftOut).toEqual([1]);
    expect([...result.taken]).toEqual([1, 1, 0, 0]);
  });

  it('never join a forbidden pair', () => {
    const result = solve([[0, 1]]);
    expect(result.visitsLeftOut).toEqual([1]);
    expect(result.taken[0]).toBe(1);
    expect(result.taken.filter((t) => t === 1)).toHaveLength(2);
    expect(
      solve([
        [0, 1],
        [2, 0],
      ]).visitsLeftOut,
    ).toEqual([0, 1]);
  });
});

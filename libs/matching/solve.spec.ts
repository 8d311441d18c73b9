import { checkAssignment } from './check.js';
import { greedy } from './greedy.js';
import type { MatchingInstance } from './instance.js';
import { dualValue, solvePure } from './pure/solve-pure.js';
import { sampleInstance } from './sample-instance.js';
import { solveSchedule } from './schedule/solve-schedule.js';

const value = (instance: MatchingInstance, taken: Uint8Array, problem: 'pure' | 'schedule'): number =>
  checkAssignment(instance, taken, problem).objective;

// Many more seats than people is the regime with a real duality gap: nobody proves optimality there.
describe.each([
  ['local', sampleInstance({ volunteers: 2000, slots: 200, seed: 1 }), 0.001],
  ['uniform', sampleInstance({ volunteers: 2000, slots: 200, seed: 2, kind: 'uniform' }), 0.001],
  ['scarce people', sampleInstance({ volunteers: 500, slots: 300, seed: 3, fill: 3 }), 0.01],
  ['80 candidates each', sampleInstance({ volunteers: 400, slots: 120, candidates: 80, seed: 4 }), 0.001],
  [
    'penalties far above scores',
    { ...sampleInstance({ volunteers: 500, slots: 60, seed: 5 }), penalty: 1 << 27 },
    0.001,
  ],
  [
    'scores of one level',
    ((i) => ({ ...i, score: i.score.map(() => 1) }))(sampleInstance({ volunteers: 500, slots: 60, seed: 6 })),
    0.001,
  ],
])('2,000 people or fewer, %s', (_name, instance, certificate) => {
  it('pure: the result proves itself and beats greedy', () => {
    const solution = solvePure(instance);
    expect(checkAssignment(instance, solution.taken, 'pure').broken).toEqual({});
    expect(solution.objective).toBe(solution.bound);
    expect(dualValue(instance, solution.price)).toBe(solution.bound);
    expect(solution.objective).toBeGreaterThanOrEqual(
      value(instance, greedy(instance, 'pure', 'minima-first'), 'pure'),
    );
  });

  it('schedule: no rule broken, certificate as promised', () => {
    const solution = solveSchedule(instance);
    const report = checkAssignment(instance, solution.taken, 'schedule');
    expect(report.broken).toEqual({});
    expect(report.objective).toBe(solution.objective);
    expect(solution.bound - solution.objective).toBeLessThanOrEqual(certificate * report.scoreSum);
    expect(solution.objective).toBeGreaterThanOrEqual(
      value(instance, greedy(instance, 'schedule', 'minima-first'), 'schedule'),
    );
  });
});

describe('the certificate', () => {
  const instance = sampleInstance({ volunteers: 500, slots: 50, seed: 9 });

  it('is an upper bound for any prices, good or bad', () => {
    const { objective } = solvePure(instance);
    for (const p of [-10_000, -1, 0, 3000, 9000]) {
      expect(dualValue(instance, new Int32Array(50).fill(p))).toBeGreaterThanOrEqual(objective);
    }
  });

  it('is not met by a worse assignment (negative control)', () => {
    const { taken, bound } = solvePure(instance);
    taken[taken.indexOf(1)] = 0;
    expect(value(instance, taken, 'pure')).toBeLessThan(bound);
  });
});

describe('a stopped run', () => {
  const instance = sampleInstance({ volunteers: 2000, slots: 200, seed: 1 });

  it.each([1, 5, 20, 45, 60])(
    'after %i questions still returns a valid answer, not below greedy, with a true bound',
    (asks) => {
      for (const problem of ['pure', 'schedule'] as const) {
        let left = asks;
        const stop = (): boolean => left-- <= 0;
        const solution =
          problem === 'pure' ? solvePure(instance, { stop }) : solveSchedule(instance, { stop });
        const best = problem === 'pure' ? solvePure(instance) : solveSchedule(instance);
        if (asks < 40) expect(solution.complete).toBe(false);
        expect(checkAssignment(instance, solution.taken, problem).broken).toEqual({});
        expect(solution.bound).toBeGreaterThanOrEqual(best.objective);
        expect(solution.objective).toBeGreaterThanOrEqual(
          value(instance, greedy(instance, problem, 'minima-first'), problem),
        );
      }
    },
  );
});

describe('the same instance twice', () => {
  it('gives the same assignment', () => {
    const make = (): MatchingInstance => sampleInstance({ volunteers: 1000, slots: 100, seed: 11 });
    expect(solvePure(make()).taken).toEqual(solvePure(make()).taken);
    expect(solveSchedule(make()).taken).toEqual(solveSchedule(make()).taken);
  });
});

describe('a warm start', () => {
  it('from the old prices reaches the new optimum', () => {
    const before = sampleInstance({ volunteers: 1000, slots: 100, seed: 12 });
    const first = solvePure(before);
    const after = { ...before, maxSlots: before.maxSlots.map((b, i) => (i % 100 === 0 ? 0 : b)) };
    const warm = solvePure(after, { warm: first });
    expect(warm.objective).toBe(solvePure(after).objective);
    expect(warm.objective).toBe(warm.bound);
  });
});

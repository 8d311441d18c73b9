import { checkAssignment } from './check.js';
import { greedy } from './greedy.js';
import { buildInstance, type MatchingInstance } from './instance.js';
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

describe('people who are scarce', () => {
  const crowd = (people: number, shifts: number, penalty: number, score: (v: number, s: number) => number) =>
    buildInstance({
      rest: 0,
      penalty,
      volunteers: Array.from({ length: people }, () => ({})),
      slots: Array.from({ length: shifts }, () => ({ min: 1, max: 1, start: 540, end: 600 })),
      candidates: Array.from({ length: people * shifts }, (_, k) => {
        const [v, s] = [Math.floor(k / shifts), k % shifts];
        return [v, s, score(v, s)] as const;
      }),
    });

  it.each([
    ['one person, two shifts at a time', crowd(1, 2, 1000, () => 10), -990],
    ['three people, five shifts at a time', crowd(3, 5, 700, (v, s) => 1 + v + s), undefined],
    [
      '50 people, 60 shifts at a time',
      crowd(50, 60, 10_000, (v, s) => 1 + ((v * 7 + s * 13) % 100)),
      undefined,
    ],
  ])('are matched with a proof that nobody can do better: %s', (_name, instance, optimum) => {
    const { objective, bound } = solveSchedule(instance);
    expect(bound).toBe(objective);
    // At one time a person takes one shift, so the pure solver, which proves itself, knows the optimum.
    expect(objective).toBe(solvePure({ ...instance, maxSlots: instance.maxSlots.map(() => 1) }).objective);
    if (optimum !== undefined) expect(objective).toBe(optimum);
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

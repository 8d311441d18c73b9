import fc from 'fast-check';

import { checkAssignment } from './check.js';
import { greedy } from './greedy.js';
import { solvePure } from './pure/solve-pure.js';
import { solveSchedule } from './schedule/solve-schedule.js';
import { optimaByHighs } from './test-support/highs.test-support.js';
import { smallInstance } from './test-support/small-instances.test-support.js';

const BATCH = 50;
const batch = fc.array(smallInstance, { minLength: BATCH, maxLength: BATCH });

describe('against HiGHS, on 5,000 small instances each', () => {
  it('the pure solver finds the optimum and proves it', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (instances) => {
        const optima = await optimaByHighs(instances, 'pure');
        instances.forEach((instance, t) => {
          const solution = solvePure(instance);
          const report = checkAssignment(instance, solution.taken, 'pure');
          expect(report.broken).toEqual({});
          expect(report.objective).toBeCloseTo(optima[t] ?? NaN, 3);
          expect(solution).toMatchObject({
            complete: true,
            objective: report.objective,
            bound: report.objective,
          });
        });
      }),
      { numRuns: 5000 / BATCH },
    );
  }, 180_000);

  it('the schedule solver stays between greedy and the optimum, and its bound above the optimum', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (instances) => {
        const optima = await optimaByHighs(instances, 'schedule');
        instances.forEach((instance, t) => {
          const solution = solveSchedule(instance);
          const optimum = Math.round(optima[t] ?? NaN);
          const report = checkAssignment(instance, solution.taken, 'schedule');
          expect(report.broken).toEqual({});
          expect(report.objective).toBe(solution.objective);
          expect(solution.objective).toBeLessThanOrEqual(optimum);
          expect(solution.bound).toBeGreaterThanOrEqual(optimum);
          const byHand = greedy(instance, 'schedule', 'minima-first');
          expect(solution.objective).toBeGreaterThanOrEqual(
            checkAssignment(instance, byHand, 'schedule').objective,
          );
        });
      }),
      { numRuns: 5000 / BATCH },
    );
  }, 180_000);

  it('the bound of a schedule is no worse than that of its linear program, on 1,000 of them', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (instances) => {
        const relaxed = await optimaByHighs(instances, 'schedule', { relaxed: true });
        instances.forEach((instance, t) => {
          expect(solveSchedule(instance).bound).toBeLessThanOrEqual((relaxed[t] ?? NaN) + 1e-3);
        });
      }),
      { numRuns: 1000 / BATCH },
    );
  }, 180_000);
});

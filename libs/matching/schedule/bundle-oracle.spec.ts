import fc from 'fast-check';

import { buildInstance } from '../instance.js';
import { BundleOracle } from './bundle-oracle.js';
import { clash } from './bundle-state.js';
import { IntervalProgram } from './interval-program.js';

const shift = fc.record({ start: fc.nat(20), length: fc.integer({ min: 0, max: 6 }), score: fc.nat(4) });
const person = fc.record({
  shifts: fc.array(shift, { minLength: 1, maxLength: 9 }),
  maxShifts: fc.nat(4),
  maxMinutes: fc.nat(15),
  rest: fc.nat(2),
});

describe('the best bundle of one volunteer', () => {
  it('is the best of all subsets, by branch and bound and by the table', () => {
    fc.assert(
      fc.property(person, ({ shifts, maxShifts, maxMinutes, rest }) => {
        const instance = buildInstance({
          penalty: 0,
          rest,
          volunteers: [{ maxShifts, maxMinutes }],
          slots: shifts.map((s) => ({ min: 0, max: 1, start: s.start, end: s.start + s.length })),
          candidates: shifts.map((s, j) => [0, j, s.score] as const),
        });
        let best = 0;
        for (let set = 0; set < 1 << shifts.length; set++) {
          const mine = shifts.map((_, j) => j).filter((j) => (set >> j) & 1);
          const minutes = mine.reduce((sum, j) => sum + (shifts[j]?.length ?? 0), 0);
          if (mine.length > maxShifts || minutes > maxMinutes) continue;
          if (mine.some((a, k) => mine.slice(k + 1).some((b) => clash(instance, a, b)))) continue;
          best = Math.max(
            best,
            mine.reduce((sum, j) => sum + (shifts[j]?.score ?? 0), 0),
          );
        }
        const oracle = new BundleOracle(instance);
        expect(oracle.best(0, new Int32Array(shifts.length))).toBe(best);
        const program = new IntervalProgram();
        const worth = Float64Array.from(instance.score);
        const caps = { shifts: maxShifts, minutes: maxMinutes, rest };
        const value = program.solve(shifts.length, instance.start, instance.end, worth, caps);
        expect(value).toBe(best);
        expect(program.chosen.reduce((sum, k) => sum + (shifts[k]?.score ?? 0), 0)).toBe(best);
        expect(program.chosen.length).toBeLessThanOrEqual(maxShifts);
        expect(
          program.chosen.some((a, k) => program.chosen.slice(k + 1).some((b) => clash(instance, a, b))),
        ).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('is found at once among 300 candidates of equal worth', () => {
    const instance = buildInstance({
      penalty: 0,
      rest: 30,
      volunteers: [{ maxShifts: 5, maxMinutes: 600 }],
      slots: Array.from({ length: 300 }, (_, j) => ({ min: 0, max: 1, start: 15 * j, end: 15 * j + 120 })),
      candidates: Array.from({ length: 300 }, (_, j) => [0, j, 10] as const),
    });
    expect(new BundleOracle(instance).best(0, new Int32Array(300))).toBe(50);
  });
});

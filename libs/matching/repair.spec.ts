import { checkAssignment } from './check.js';
import { match } from './engine.js';
import { repair } from './repair.js';
import { sampleInstance } from './sample-instance.js';
import { permutation, randomFrom } from './random.js';

const instance = sampleInstance({ volunteers: 3000, slots: 300, seed: 31, fill: 0.95 });

describe.each(['pure', 'schedule'] as const)('after 30 withdrawals (%s)', (problem) => {
  const { taken: confirmed } = match(instance, { problem });
  const busy = [...permutation(instance.volunteers, randomFrom('withdrawals'))].filter((i) =>
    confirmed.subarray(instance.ptr[i], instance.ptr[i + 1]).includes(1),
  );
  const withdrawn = busy.slice(0, 30);
  const gone = new Set(withdrawn);
  const caps = problem === 'pure' ? 'maxSlots' : 'maxShifts';
  const without = { ...instance, [caps]: instance[caps].map((most, i) => (gone.has(i) ? 0 : most)) };
  const anew = match(without, { problem });
  const movedAnew =
    confirmed.reduce((n, c, e) => n + (c === 1 && anew.taken[e] === 0 ? 1 : 0), 0) -
    withdrawn.reduce(
      (n, i) => n + confirmed.subarray(instance.ptr[i], instance.ptr[i + 1]).reduce((a, b) => a + b, 0),
      0,
    );

  it('a frozen repair fills gaps and moves nobody', () => {
    const result = repair(instance, { problem, confirmed, withdrawn, mode: 'frozen' });
    expect(result.moved).toEqual([]);
    expect(result.report.missingHeads).toBeLessThanOrEqual(result.missingBefore);
    expect(checkAssignment(without, result.taken, problem).broken).toEqual({});
  });

  it('least disturbance covers within one place of a new solve and moves at most a tenth as many', () => {
    const result = repair(instance, { problem, confirmed, withdrawn, mode: 'least-disturbance' });
    expect(checkAssignment(without, result.taken, problem).broken).toEqual({});
    expect(result.report.missingHeads).toBeLessThanOrEqual(anew.report.missingHeads + 1);
    expect(movedAnew).toBeGreaterThan(20);
    expect(result.moved.length).toBeLessThanOrEqual(movedAnew / 10);
  });
});

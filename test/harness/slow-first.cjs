const { statSync } = require('node:fs');

/** Files that take far longer than others: whoever begins one last makes the other worker wait for it. */
const SLOW = [
  'libs/matching/against-highs.spec.ts',
  'libs/matching/solve.spec.ts',
  'src/modules/budgets/ledger/ledger-model.int-spec.ts',
  'src/cli.int-spec.ts',
  'src/platform/queue/job-queue.int-spec.ts',
  'src/demo/seed-demo.int-spec.ts',
  'test/faults/killed-under-way.spec.ts',
];

/**
 * The order of the files of a run on a machine that has measured none of them: the slow ones by turns for the
 * workers, then the largest.
 */
module.exports = class SlowFirst {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    const place = (/** @type {string} */ path) => {
      const at = SLOW.findIndex((slow) => path.endsWith(slow));
      return at < 0 ? SLOW.length : at;
    };
    return tests
      .map((test) => ({ test, place: place(test.path), size: statSync(test.path).size }))
      .sort((a, b) => a.place - b.place || b.size - a.size)
      .map(({ test }) => test);
  }

  /** @param {{ path: string }[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  /** Every run orders anew. */
  cacheResults() {
    return undefined;
  }
};

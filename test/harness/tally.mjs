/**
 * @typedef {{ name: string, output: string }} Failure
 *
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Failure[]} failures
 * @property {string[]} skips the name of what was skipped, and why
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
}

/** @param {Tally} total @param {Tally} part */
export function add(total, part) {
  total.passed += part.passed;
  total.failed += part.failed;
  total.skipped += part.skipped;
  total.failures.push(...part.failures);
  total.skips.push(...part.skips);
}

/** @returns {Tally} */
export function onePassed() {
  return { ...emptyTally(), passed: 1 };
}

/** @param {string} name @param {string} output @returns {Tally} */
export function oneFailed(name, output) {
  return { ...emptyTally(), failed: 1, failures: [{ name, output }] };
}

/** @param {string} name @param {string} why @returns {Tally} */
export function oneSkipped(name, why) {
  return { ...emptyTally(), skipped: 1, skips: [`${name}: ${why}`] };
}

const LONGEST_OUTPUT = 60;
const MOST_SKIPS = 40;

/**
 * The end of the report. The last line is for machines: exactly `N passed, N failed, N skipped`.
 *
 * @param {Tally} tally @param {number} elapsedMs
 * @returns {string}
 */
export function report(tally, elapsedMs) {
  const lines = [''];
  for (const { name, output } of tally.failures) {
    lines.push(`━━ ${name}`, shorten(output), '');
  }
  if (tally.skips.length > 0) {
    lines.push('Skipped:', ...tally.skips.slice(0, MOST_SKIPS).map((skip) => `  – ${skip}`));
    if (tally.skips.length > MOST_SKIPS) lines.push(`  … and ${tally.skips.length - MOST_SKIPS} more`);
    lines.push('');
  }
  if (tally.failures.length > 0) {
    lines.push('Failed:', ...tally.failures.map(({ name }) => `  ✗ ${name}`), '');
  }
  lines.push(`${(elapsedMs / 1000).toFixed(1)} s`);
  lines.push(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  return lines.join('\n');
}

/** Both ends: the cause is often first, the verdict last. @param {string} output */
function shorten(output) {
  const lines = output.trim().split('\n');
  if (lines.length <= LONGEST_OUTPUT) return lines.join('\n');
  const left = lines.length - LONGEST_OUTPUT;
  return [...lines.slice(0, 40), `   … ${left} lines left out …`, ...lines.slice(-20)].join('\n');
}

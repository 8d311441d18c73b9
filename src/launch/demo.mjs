import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run demo [-- --intentions FILE --row N] [--url URL]`: plays a whole purchase against the running product
 * and prints each step. Exit code 1 when the sums or a data check are wrong.
 */
const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    intentions: { type: 'string' },
    row: { type: 'string', default: '1' },
    url: { type: 'string', default: `http://127.0.0.1:${process.env['PORT'] ?? 3000}` },
    logins: { type: 'string' },
  },
});

function fail(/** @type {string} */ message) {
  console.error(message);
  process.exit(1);
}

const baseUrl = values.url.replace(/\/$/, '');
const ready = await fetch(`${baseUrl}/health/ready`).then(
  (answer) => answer.ok,
  () => false,
);
if (!ready)
  fail(
    `没有在 ${baseUrl} 找到运行中的系统，请先运行 npm start。\nNothing answers at ${baseUrl}: run npm start first.`,
  );

const loginsFile =
  values.logins ?? join(process.env['LINQIAO_DATA_DIR'] ?? join(root, 'data'), 'demo-logins.json');
if (!existsSync(loginsFile)) fail(`There is no ${loginsFile}: the demo district is not loaded here.`);
const logins = JSON.parse(readFileSync(loginsFile, 'utf8'));

const dist = (/** @type {string} */ file) =>
  new URL(`file://${join(root, 'dist/src/demo/journey', file)}`).href;
const { playJourney } = await import(dist('journey.js'));
const { intentionFromList, intentionOfDemoPlan } = await import(dist('intentions.js'));

const run = new Date().toISOString().slice(5, 19).replace('T', ' ');
const row = Number(values.row);
if (!Number.isInteger(row) || row < 1) fail('--row is a number from 1');
let intention;
try {
  intention = values.intentions
    ? intentionFromList(readFileSync(resolve(values.intentions)), row, run)
    : intentionOfDemoPlan(run);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

const begun = Date.now();
try {
  const result = await playJourney({ baseUrl, district: '999901', logins, intention, write: console.log });
  const { balances, recordedMinutes, brokenChecks } = result;
  const adds = balances.appropriatedFen === balances.paidFen + balances.availableFen;
  console.log(
    `\n预算 = 已付 + 可用 budget = paid + available: ${balances.appropriatedFen} = ${balances.paidFen} + ${balances.availableFen} (fen) ${adds ? '✓' : '✗'}`,
  );
  console.log(
    `时长 hours recorded: ${recordedMinutes} min · 数据校验 data checks: ${brokenChecks.length === 0 ? '✓' : brokenChecks.join(', ')}`,
  );
  console.log(`用时 ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  if (!adds || brokenChecks.length > 0 || recordedMinutes < 1) process.exitCode = 1;
} catch (error) {
  fail(`\n${error instanceof Error ? error.message : String(error)}`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');

/** Whoever asks the machine or the server for the time, in code or in SQL. */
const ASKS_FOR_THE_TIME =
  /\bnew Date\(\)|\bDate\.now\(\)|\bDate\(\)|(?<![.#\w])now\(\)(?!:)|\b(?:current_date|current_time|current_timestamp|localtime|localtimestamp)\b|\b(?:clock|statement|transaction)_timestamp\(\)|'(?:now|today|tomorrow|yesterday)'::/i;

/** Files that may, each with its reason. A file that no longer asks must leave the list. */
const MAY_ASK: Readonly<Record<string, string>> = {
  'libs/kernel/clock.ts': 'it is the clock',
  'src/modules/procurement/bidding/envelope-store.ts': 'deadlines of bids are judged by database time',
  'src/modules/procurement/bidding/bidding.check.ts': 'deadlines of bids are judged by database time',
  'src/migrations/1764000005000-procurement-plans-tenders-bids.ts':
    'the triggers that judge the deadlines of bids, by database time',
  'src/migrations/1764000004000-budgets-ledger-and-payments.ts':
    'the simulated treasury stands for an outside system, which has a clock of its own',
  'src/modules/budgets/treasury/simulated-treasury.ts':
    'the simulated treasury stands for an outside system, which has a clock of its own',
  'src/modules/identity/sessions/purge-identity.job.ts':
    'the rate limiter’s library writes the machine’s time',
  'src/platform/database/unit-of-work.ts':
    'it hands out the database time by which deadlines of bids are judged',
  'src/platform/tasks/worker-loop.ts': 'how long a drain may take in the real world',
};

/** Programs beside the product: they live in the real world. */
const OUTSIDE = ['src/demo/journey/', 'src/launch/'];

function sources(): string[] {
  return ['src', 'libs']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) =>
        entry.isFile() ? relative(root, join(entry.parentPath, entry.name)) : '',
      ),
    )
    .filter(
      (path) =>
        path.endsWith('.ts') && !/\.(int-)?spec\.ts$|test-support|\.(given|access-rows)\.ts$/.test(path),
    )
    .filter((path) => !OUTSIDE.some((folder) => path.startsWith(folder)));
}

/** Comments may speak of the time. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[^:'"`])\/\/.*$/gm, '');
}

function linesThatAsk(text: string): string[] {
  return withoutComments(text)
    .split('\n')
    .filter((line) => ASKS_FOR_THE_TIME.test(line))
    .map((line) => line.trim());
}

describe('time', () => {
  it('comes from the injected clock, in code and in SQL', () => {
    const offending = sources()
      .filter((path) => !(path in MAY_ASK))
      .flatMap((path) =>
        linesThatAsk(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line}`),
      );
    expect(offending).toEqual([]);
  });

  it.each(Object.entries(MAY_ASK))('%s asks for it: %s', (path) => {
    expect(linesThatAsk(readFileSync(join(root, path), 'utf8'))).not.toEqual([]);
  });

  it.each([
    'const today = new Date();',
    'const until = Date.now() + 5;',
    "await uow.sql('SELECT now()')",
    "`DELETE FROM x WHERE at < NOW() - interval '1 day'`",
    "'… WHERE day = current_date'",
    "'at timestamptz NOT NULL DEFAULT clock_timestamp()'",
    "`SELECT 'now'::timestamptz`",
  ])('would notice %s', (line) => {
    expect(linesThatAsk(line)).toEqual([line]);
  });

  it.each([
    'const now = this.clock.now();',
    'return new Date(this.time);',
    '// now() is not asked here',
    '/** new Date() */',
    'const begun = performance.now();',
  ])('lets %s pass', (line) => {
    expect(linesThatAsk(line)).toEqual([]);
  });
});

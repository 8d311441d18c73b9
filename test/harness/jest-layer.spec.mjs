import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLayer } from './jest-layer.mjs';

/** What jest would report is given; how it is counted is what is tested: a failure must never be green. */
describe('the tests of a layer', () => {
  /** @type {string} */
  let root;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'linqiao-harness-'));
    mkdirSync(join(root, 'node_modules/jest/bin'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /**
   * @param {object[] | undefined} testResults @param {number} code
   * @param {string[]} [jestArgs]
   */
  const run = (testResults, code, jestArgs = []) => {
    writeFileSync(
      join(root, 'node_modules/jest/bin/jest.js'),
      `const at = process.argv.find((word) => word.startsWith('--outputFile=')).slice('--outputFile='.length);
       const report = ${testResults === undefined ? 'undefined' : JSON.stringify(JSON.stringify({ testResults }))};
       if (report !== undefined) require('node:fs').writeFileSync(at, report);
       console.error('what jest said');
       process.exit(${code});`,
    );
    return runLayer(
      { name: 'unit', database: false, browser: false },
      {
        ...{ root, runFolder: root, env: { PATH: process.env['PATH'] }, jestArgs },
        ...{ signal: new AbortController().signal, say: () => undefined },
      },
    );
  };
  /** @param {string} name @param {string} status @param {Array<[string, string, string?]>} tests */
  const file = (name, status, tests) => ({
    ...{ name: join(root, name), status, message: 'of the whole file' },
    assertionResults: tests.map(([fullName, outcome, failure]) => ({
      ...{ fullName, status: outcome, failureMessages: failure === undefined ? [] : [failure] },
    })),
  });

  it('are counted by their outcome, with the name of each that failed or was skipped', async () => {
    const tally = await run(
      [
        file('a.spec.ts', 'failed', [
          ['one', 'passed'],
          [
            'two',
            'failed',
            'expected 1\n    at Object.<anonymous> (a.spec.ts:1:1)\n    at x (/p/node_modules/y/z.js:1:1)\n',
          ],
        ]),
        file('b.spec.ts', 'passed', [
          ['three', 'pending'],
          ['four', 'todo'],
          ['five', 'passed'],
        ]),
      ],
      1,
    );
    expect(tally).toEqual({
      ...{ passed: 2, failed: 1, skipped: 2 },
      failures: [
        { name: 'unit a.spec.ts › two', output: 'expected 1\n    at Object.<anonymous> (a.spec.ts:1:1)\n' },
      ],
      skips: ['unit b.spec.ts › three', 'unit b.spec.ts › four'],
    });
  });

  it('fail as a file when it could not even be read', async () => {
    const tally = await run([file('a.spec.ts', 'failed', [])], 1);
    expect(tally).toMatchObject({
      failed: 1,
      failures: [{ name: 'unit a.spec.ts', output: 'of the whole file' }],
    });
  });

  it('fail as a layer when jest was not content although every test was', async () => {
    const passed = [file('a.spec.ts', 'passed', [['one', 'passed']])];
    expect(await run(passed, 1)).toMatchObject({
      ...{ passed: 0, failed: 1 },
      failures: [{ name: 'unit', output: expect.stringContaining('what jest said') }],
    });
    expect(await run(passed, 0)).toMatchObject({ passed: 1, failed: 0 });
  });

  it('fail as a layer when jest left no result', async () => {
    expect(await run(undefined, 0)).toMatchObject({
      failed: 1,
      failures: [{ name: 'unit', output: expect.stringContaining('left no result') }],
    });
  });

  it('that are none are skipped for all to see, unless only some were asked for', async () => {
    expect(await run([], 0)).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(await run([], 0, ['some-pattern'])).toMatchObject({ passed: 0, failed: 0, skipped: 0 });
  });
});

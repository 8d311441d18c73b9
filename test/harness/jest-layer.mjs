import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runStep } from '../../src/launch/run-step.mjs';
import { emptyTally, oneFailed, oneSkipped } from './tally.mjs';

/** No layer takes a third of this; longer means that something hangs. */
const TIMEOUT_MS = 15 * 60_000;

/**
 * Runs the tests of one jest project and counts them.
 *
 * @param {import('./plan.mjs').Layer} layer
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.runFolder
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string[]} options.jestArgs
 * @param {AbortSignal} options.signal
 * @param {(detail: string) => void} options.say
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runLayer(layer, { root, runFolder, env, jestArgs, signal, say }) {
  const resultFile = join(runFolder, `${layer.name}.json`);
  let files = 0;
  const result = await runStep(
    process.execPath,
    [
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      // First, because --selectProjects takes every bare word after it.
      ...jestArgs,
      ...['--config', 'test/jest.config.js', '--ci', '--json', `--outputFile=${resultFile}`],
      ...['--passWithNoTests', ...(layer.jestArgs ?? ['--selectProjects', layer.name])],
    ],
    {
      cwd: root,
      env: { ...env, NODE_OPTIONS: withModules(env['NODE_OPTIONS']), FORCE_COLOR: '0' },
      signal,
      timeoutMs: TIMEOUT_MS,
      onLine: (line) => {
        const file = /^(?:PASS|FAIL)\s+(?:\S+\s+)?(\S+\.(?:ts|mjs))/.exec(
          stripVTControlCharacters(line),
        )?.[1];
        if (file !== undefined) say(`${(files += 1)} files, ${file}`);
      },
    },
  );
  const told = stripVTControlCharacters(result.output);
  if (result.timedOut) return oneFailed(layer.name, `stopped after ${TIMEOUT_MS / 60_000} minutes\n${told}`);
  /** @type {JestReport} */
  let report;
  try {
    report = JSON.parse(readFileSync(resultFile, 'utf8'));
  } catch {
    return oneFailed(layer.name, `jest ended with ${result.code} and left no result\n${told}`);
  }
  const tally = countReport(layer.name, report, root);
  if (tally.passed + tally.failed + tally.skipped === 0) {
    return jestArgs.length > 0 ? tally : oneSkipped(layer.name, 'the layer has no tests');
  }
  // For example an error after the last test, or a coverage limit.
  if (result.code !== 0 && tally.failed === 0) return oneFailed(layer.name, told);
  return tally;
}

/** @param {string | undefined} options */
function withModules(options) {
  const flag = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  return options?.includes('--experimental-vm-modules') ? options : `${flag} ${options ?? ''}`.trim();
}

/** The calls inside jest and Node say nothing about our code. @param {string} text */
function withoutForeignFrames(text) {
  return text.replaceAll(/^\s+at .*(?:\/node_modules\/|node:).*\n?/gm, '');
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} JestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: JestTest[] }} JestFile
 * @typedef {{ testResults: JestFile[] }} JestReport
 */

/** @param {string} layer @param {JestReport} report @param {string} root */
function countReport(layer, report, root) {
  const tally = emptyTally();
  for (const file of report.testResults) {
    const path = relative(root, file.name);
    for (const test of file.assertionResults) {
      const name = `${layer} ${path} › ${test.fullName}`;
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') {
        tally.failed += 1;
        const messages = (test.failureMessages ?? []).join('\n');
        tally.failures.push({ name, output: withoutForeignFrames(stripVTControlCharacters(messages)) });
      } else {
        tally.skipped += 1;
        tally.skips.push(name);
      }
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      tally.failed += 1;
      tally.failures.push({ name: `${layer} ${path}`, output: stripVTControlCharacters(file.message) });
    }
  }
  return tally;
}

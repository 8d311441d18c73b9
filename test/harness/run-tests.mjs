import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureBuilt } from '../../src/launch/build.mjs';
import { ensureInstalled } from '../../src/launch/install.mjs';
import { LaunchProblem } from '../../src/launch/launch-problem.mjs';
import { createProgress } from '../../src/launch/progress.mjs';
import { runStep } from '../../src/launch/run-step.mjs';
import { listenForStop, Stopped } from '../../src/launch/stop-signals.mjs';
import { movedClock } from '../support/moved-clock.mjs';
import { makeRunFolder, startThrowawayPostgres, startThrowawayRedis } from '../support/services.mjs';
import { runLayer } from './jest-layer.mjs';
import { choose } from './plan.mjs';
import { findPrerequisites } from './prerequisites.mjs';
import { add, emptyTally, oneFailed, onePassed, oneSkipped, report } from './tally.mjs';

const CHECK_TIMEOUT_MS = 10 * 60_000;

/**
 * @typedef {object} Run
 * @property {string} root
 * @property {string} runFolder
 * @property {import('../../src/launch/progress.mjs').Progress} progress
 * @property {AbortSignal} signal
 * @property {import('./tally.mjs').Tally} tally
 * @property {Array<() => unknown>} undo
 */

/**
 * `npm test`: every check and every layer, whatever fails before; ends with the counts.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runTests(args) {
  const begun = performance.now();
  const signals = listenForStop();
  const runFolder = makeRunFolder();
  /** @type {Run} */
  const run = {
    root: join(import.meta.dirname, '..', '..'),
    runFolder,
    progress: createProgress(),
    signal: signals.stop,
    tally: emptyTally(),
    undo: [() => rmSync(runFolder, { recursive: true, force: true })],
  };
  try {
    await runAll(run, args);
  } catch (error) {
    if (!(error instanceof Stopped)) add(run.tally, oneFailed('npm test', describe(error)));
  }
  for (const step of run.undo.splice(0).reverse()) await step();
  signals.release();
  if (run.signal.aborted) {
    console.log('Stopped.');
    return 130;
  }
  console.log(report(run.tally, performance.now() - begun));
  return run.tally.failed > 0 ? 1 : 0;
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof LaunchProblem) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** @param {Run} run @param {string[]} args */
async function runAll(run, args) {
  const { checks, layers: chosen, jestArgs, moment } = choose(args);
  // A run that is on another day as a whole rehearses no further day.
  const moved = moment.at !== undefined || process.env['FAKETIME'] !== undefined;
  const layers = moved ? chosen.filter((layer) => layer.moment === undefined) : chosen;
  const { root, progress, signal, tally } = run;
  await ensureInstalled({ root, progress, signal });
  /** @type {{ build?: 'failed' }} */
  const outcome = {};
  const prerequisites = layers.length > 0 ? findFor(run, layers, moment.at !== undefined) : undefined;
  // Two cores: two checks at a time, while packages come over the network.
  await inLanes(2, checks, async (check) => {
    const part = await runCheck(check, run);
    if (check.name === 'build' && part.failed > 0) outcome.build = 'failed';
    add(tally, part);
  });
  if (prerequisites === undefined) return;
  const { found, tally: part } = await prerequisites;
  add(tally, part);
  if (moment.at !== undefined && found.faketime === undefined) {
    add(tally, oneFailed('npm test', 'another day needs the package faketime'));
    return;
  }
  if (found.faketime !== undefined && moment.at !== undefined) {
    // The services are children of this process and inherit it.
    Object.assign(process.env, movedClock(found.faketime, { at: new Date(moment.at) }));
  }
  if (moment.zone !== undefined) process.env['TZ'] = moment.zone;
  const env = await startServices(run, layers, found, outcome.build === 'failed');
  const busy = layers.filter(({ waits }) => !waits);
  const waiting = layers.filter(({ waits }) => waits);
  await Promise.all(
    [busy, waiting].map(async (lane) => {
      for (const layer of lane) add(tally, await runOrSkip(layer, run, { found, env, jestArgs }));
    }),
  );
}

/**
 * @param {import('./plan.mjs').Layer} layer @param {Run} run
 * @param {{ found: import('./prerequisites.mjs').Prerequisites, env: NodeJS.ProcessEnv, jestArgs: string[] }} options
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
async function runOrSkip(layer, run, { found, env, jestArgs }) {
  if (layer.browser && found.chromium === undefined) return oneSkipped(layer.name, 'there is no Chromium');
  if (layer.moment !== undefined && found.faketime === undefined) {
    return oneSkipped(layer.name, 'there is no faketime');
  }
  const layerEnv = layer.moment === undefined ? env : onAnotherDay(env, layer.moment, found.faketime ?? '');
  return shown(layer.name, run, (say) => runLayer(layer, { ...run, env: layerEnv, jestArgs, say }));
}

/**
 * The layer gets a database and a queue of its own, which live on that day, too.
 *
 * @param {NodeJS.ProcessEnv} env @param {{ at: string, zone: string }} moment @param {string} faketime
 * @returns {NodeJS.ProcessEnv}
 */
function onAnotherDay(env, { at, zone }, faketime) {
  const { TEST_DATABASE_URL: _database, TEST_REDIS_URL: _redis, ...rest } = env;
  return { ...rest, ...movedClock(faketime, { at: new Date(at), zone }) };
}

/** @param {Run} run @param {import('./plan.mjs').Layer[]} layers @param {boolean} moved */
function findFor({ root, progress, signal }, layers, moved) {
  const ci = process.env['CI'] ?? '';
  const result = findPrerequisites({
    root,
    wantsQueue: layers.some(({ database }) => database),
    wantsBrowser: layers.some(({ browser }) => browser),
    wantsOtherDays: moved || layers.some(({ moment }) => moment !== undefined),
    strict: ci !== '' && ci !== 'false' && ci !== '0',
    signal,
    progress,
  });
  // It is awaited only after the checks; until then a refusal would count as unhandled.
  result.catch(() => undefined);
  return result;
}

/** @param {import('./tally.mjs').Tally} tally */
function countsOf({ passed, failed, skipped }) {
  return [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
}

/** @param {import('./plan.mjs').Check} check @param {Run} run */
async function runCheck({ name, command }, { root, progress, signal }) {
  if (name === 'build') return runBuild({ root, progress, signal });
  return shown(name, { progress }, async () => {
    const env = { ...process.env, FORCE_COLOR: '0' };
    const result = await runStep('npm', command, { cwd: root, env, signal, timeoutMs: CHECK_TIMEOUT_MS });
    if (result.code === 0) return onePassed();
    const verdict = result.timedOut ? `stopped after ${CHECK_TIMEOUT_MS / 60_000} minutes\n` : '';
    return oneFailed(name, verdict + stripVTControlCharacters(result.output));
  });
}

/**
 * Shows a part of the run and how it went.
 *
 * @param {string} name @param {Pick<Run, 'progress'>} run
 * @param {(say: (detail: string) => void) => Promise<import('./tally.mjs').Tally>} work
 */
async function shown(name, { progress }, work) {
  const task = progress.begin(name);
  try {
    const tally = await work(task.detail);
    task.end(tally.failed > 0 ? '✗' : '✓', tally.passed + tally.failed > 1 ? countsOf(tally) : '');
    return tally;
  } catch (error) {
    task.end('–');
    throw error;
  }
}

/** @param {Pick<Run, 'root' | 'progress' | 'signal'>} run */
async function runBuild(run) {
  try {
    await ensureBuilt(run);
    return onePassed();
  } catch (error) {
    if (!(error instanceof LaunchProblem)) throw error;
    return oneFailed('build', error.message);
  }
}

/**
 * Runs the work on all items, a few at a time, in their order.
 *
 * @template T
 * @param {number} lanes @param {T[]} items @param {(item: T) => Promise<void>} work
 */
async function inLanes(lanes, items, work) {
  const left = [...items];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

/**
 * @param {Run} run @param {import('./plan.mjs').Layer[]} layers
 * @param {import('./prerequisites.mjs').Prerequisites} found @param {boolean} buildFailed
 * @returns {Promise<NodeJS.ProcessEnv>} the environment of the layers
 */
async function startServices({ runFolder, progress, undo }, layers, found, buildFailed) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    LINQIAO_SHARED: found.shared,
    ...(found.chromium !== undefined && { LINQIAO_CHROMIUM: found.chromium }),
    // It would fail again in every layer.
    ...(buildFailed && { LINQIAO_SKIP_BUILD: '1' }),
  };
  if (!layers.some(({ database }) => database)) return env;
  return progress.step('Starting PostgreSQL and Redis', async () => {
    const database = await startThrowawayPostgres(runFolder);
    undo.push(() => database.stop());
    env['TEST_DATABASE_URL'] = database.superuserUrl;
    delete env['TEST_REDIS_URL'];
    if (found.redis !== undefined) {
      const redis = await startThrowawayRedis(found.redis, runFolder);
      undo.push(() => redis.stop());
      env['TEST_REDIS_URL'] = redis.url;
    }
    return env;
  });
}

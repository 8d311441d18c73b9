import { join } from 'node:path';
import { clusterIdentity, readLaunchState, saveLaunchState } from './data-folder.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { lastLines } from './install.mjs';
import { LaunchProblem } from './launch-problem.mjs';
import { readableTail, rotateLog } from './log-files.mjs';
import { runStep } from './run-step.mjs';
import { KeepsCrashing, supervise } from './supervisor.mjs';

/** @typedef {import('./launcher.mjs').Launch} Launch */

/**
 * Gives the programs a database that is up to date: the one DATABASE_URL names, or our own.
 *
 * @param {Launch} launch its `env` receives DATABASE_URL
 * @param {string} build
 */
export async function openDatabase(launch, build) {
  const { env, dataDir } = launch;
  if (env['DATABASE_URL']) {
    await runCommand(launch, 'Bringing the database up to date', 'migrate');
    if (env['LINQIAO_DEMO'] === '1') await runCommand(launch, 'Seeding the demo district', 'seed-demo');
    return;
  }
  const folder = await keepPostgresRunning(launch);
  const state = readLaunchState(dataDir, clusterIdentity(folder));
  if (state.migratedBuild !== build) {
    await runCommand(launch, 'Bringing the database up to date', 'migrate');
    state.migratedBuild = build;
    saveLaunchState(dataDir, state);
  }
  if (!state.seeded && env['LINQIAO_DEMO'] !== '0') {
    await runCommand(launch, 'Seeding the fictional demo district', 'seed-demo');
    state.seeded = true;
    saveLaunchState(dataDir, state);
  }
}

/**
 * @param {Launch} launch
 * @returns {Promise<string>} the folder of the cluster
 */
async function keepPostgresRunning({ root, dataDir, env, progress, signals, undo }) {
  const logFile = join(dataDir, 'logs', 'postgres.log');
  rotateLog(logFile);
  let folder = '';
  /** @type {number | undefined} */
  let port;
  /** @type {unknown} */
  let failure;
  const start = async () => {
    const server = await startEmbeddedPostgres({
      dataDir,
      productRoot: root,
      log: progress.note,
      signal: signals.stop,
      // The programs already know the address of the first life.
      ...(port !== undefined && { port }),
    });
    ({ port, folder } = server);
    env['DATABASE_URL'] = server.url;
    return {
      ended: server.exited.then(({ code, signal }) => signal ?? `exit code ${code}`),
      stop: () => server.stop(),
    };
  };
  const database = supervise({
    name: 'database',
    say: progress.warn,
    giveUp: (error) => {
      if (error instanceof KeepsCrashing)
        error.detail = `  Its last words (${logFile}):\n${readableTail(logFile, 15)}`;
      failure = error;
      signals.stopBecause(error);
    },
    start,
  });
  undo.push(() => database.stop(signals.hurry));
  await progress.step('Starting the database', () => database.started);
  if (failure !== undefined) throw failure;
  return folder;
}

/** @param {Launch} launch @param {string} title @param {string} command of dist/src/cli.js */
async function runCommand({ root, env, dataDir, progress, signals }, title, command) {
  await progress.step(title, async (say) => {
    const result = await runStep(process.execPath, ['dist/src/cli.js', command], {
      cwd: root,
      env: { ...env, DEMO_LOGINS_FILE: join(dataDir, 'demo-logins.json') },
      signal: signals.stop,
      onLine: (line) => {
        if (!line.startsWith('{')) say(line.slice(0, 80));
      },
    });
    if (result.code === 0) return;
    throw new LaunchProblem(
      `${title} failed:\n${lastLines(result.output, 25)}`,
      'Nothing was half done: each of these steps is one transaction or can be repeated. Mend it, then start again.',
    );
  });
}

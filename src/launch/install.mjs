import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchProblem } from './launch-problem.mjs';
import { acquireLock, LockHeld } from './lock.mjs';
import { runStep } from './run-step.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/**
 * Installs the packages when they are absent or the lock file changed since the last complete install.
 *
 * @param {{ root: string, progress: Progress, signal?: AbortSignal }} options
 */
export async function ensureInstalled({ root, progress, signal }) {
  if (isInstalled(root)) return;
  await withBuildLock(root, progress, async () => {
    if (isInstalled(root)) return;
    await progress.step('Installing packages', async (say) => {
      const run = (/** @type {string} */ command) =>
        runNpm(command, { root, say, ...(signal && { signal }) });
      let result = await run('ci');
      if (result.code !== 0 && /in sync|from lock file/.test(result.output))
        result = await installLoosely(root, run);
      if (result.code !== 0) {
        throw new LaunchProblem(
          `The packages could not be installed:\n${npmComplaint(result.output)}`,
          'Check the network and the registry setting (npm config get registry), then start again.',
        );
      }
      mkdirSync(stampFolder(root), { recursive: true });
      writeFileSync(join(stampFolder(root), 'install.json'), JSON.stringify({ lock: lockFileHash(root) }));
    });
  });
}

/**
 * `npm ci` also refuses a lock file that merely lacks the optional packages of other systems, which npm
 * itself leaves out where a registry does not carry them. `npm install` takes everything that the lock
 * file does name in its version; the file stays as it is.
 *
 * @param {string} root @param {(command: string) => Promise<import('./run-step.mjs').StepResult>} run
 */
async function installLoosely(root, run) {
  const path = join(root, 'package-lock.json');
  const lock = readFileSync(path);
  try {
    return await run('install');
  } finally {
    if (!readFileSync(path).equals(lock)) writeFileSync(path, lock);
  }
}

/**
 * @param {string} command @param {{ root: string, say: (text: string) => void, signal?: AbortSignal }} options
 */
function runNpm(command, { root, say, signal }) {
  return runStep('npm', [command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=http'], {
    cwd: root,
    ...(signal && { signal }),
    onLine: (line) => {
      const name = /fetch GET \d+ \S*?\/((?:@[^/]+\/)?[^/]+)\/-\//.exec(line)?.[1];
      if (name !== undefined) say(name);
    },
  });
}

/** npm says first what is wrong and then at length how it is called. @param {string} output */
function npmComplaint(output) {
  const errors = output.split('\n').filter((line) => line.startsWith('npm error'));
  return errors.length > 0 ? errors.slice(0, 15).join('\n') : lastLines(output, 25);
}

/** @param {string} root */
function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules'))) return false;
  const wanted = lockFileHash(root);
  return stampedLock(root) === wanted || npmInstalledTheSame(root, wanted);
}

/** @param {string} root @returns {string | undefined} the lock file of the last complete install by us */
function stampedLock(root) {
  try {
    return JSON.parse(readFileSync(join(stampFolder(root), 'install.json'), 'utf8')).lock;
  } catch {
    return undefined;
  }
}

/**
 * Somebody ran npm by hand: npm's own record of what lies in node_modules says whether that was this lock
 * file. Adopt it then instead of installing all over.
 *
 * @param {string} root @param {string} wanted
 */
function npmInstalledTheSame(root, wanted) {
  try {
    const record = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    for (const [path, { version, optional }] of Object.entries(lock.packages)) {
      if (path !== '' && !optional && record.packages[path]?.version !== version) return false;
    }
    mkdirSync(stampFolder(root), { recursive: true });
    writeFileSync(join(stampFolder(root), 'install.json'), JSON.stringify({ lock: wanted }));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} root */
function lockFileHash(root) {
  try {
    return createHash('sha256')
      .update(readFileSync(join(root, 'package-lock.json')))
      .digest('hex');
  } catch {
    throw new LaunchProblem(
      `${root} has no package-lock.json.`,
      'Start from a complete copy of the project.',
    );
  }
}

/** @param {string} root */
function stampFolder(root) {
  return join(root, 'node_modules', '.cache', 'linqiao');
}

/** @param {string} root @returns {string} */
function buildLockOf(root) {
  try {
    accessSync(root, constants.W_OK);
    return join(root, '.build.lock');
  } catch {
    const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
    return join(tmpdir(), `linqiao-build-${process.getuid?.() ?? 0}-${name}.lock`);
  }
}

/**
 * `npm start` and `npm test` of one checkout must not install or build at the same time. The lock lies beside
 * node_modules and dist, because npm ci empties the one and a build may empty the other. Who may not write
 * there can build nothing, but may still ask whether anything is to be done.
 *
 * @template T
 * @param {string} root @param {Progress} progress @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(root, progress, work) {
  const path = buildLockOf(realpathSync(root));
  let told = false;
  for (;;) {
    try {
      const lock = await acquireLock(path);
      try {
        return await work();
      } finally {
        lock.release();
      }
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      if (!told) progress.note(`Waiting for process ${error.holder.pid}, which installs or builds here.`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/** @param {string} text @param {number} count */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runStep } from '../../src/launch/run-step.mjs';
import { findFaketime } from '../support/moved-clock.mjs';
import { findChromium, findRedisServer, hasChineseFont } from '../support/services.mjs';
import { add, emptyTally, oneFailed, onePassed, oneSkipped } from './tally.mjs';

/**
 * What the tests need and npm cannot bring. On Debian and Ubuntu root gets it installed.
 *
 * @typedef {object} Prerequisites
 * @property {string | undefined} redis path of the program
 * @property {string | undefined} chromium
 * @property {string | undefined} faketime path of the library that moves a program's clock
 * @property {string} shared folder of the public data sets, present or not
 */

/**
 * @param {object} options
 * @param {string} options.root
 * @param {boolean} options.wantsQueue
 * @param {boolean} options.wantsBrowser
 * @param {boolean} options.wantsOtherDays
 * @param {boolean} options.strict absence is a failure (in CI), not a skip
 * @param {AbortSignal} options.signal
 * @param {import('../../src/launch/progress.mjs').Progress} options.progress
 * @returns {Promise<{ found: Prerequisites, tally: import('./tally.mjs').Tally }>}
 */
export async function findPrerequisites({ root, ...options }) {
  const { wantsQueue, wantsBrowser, wantsOtherDays, strict, signal, progress } = options;
  const missing = [
    ...(wantsQueue && findRedisServer() === undefined ? ['redis-server'] : []),
    ...(wantsBrowser && findChromium() === undefined ? ['chromium'] : []),
    ...(wantsBrowser && !hasChineseFont() ? ['fonts-noto-cjk'] : []),
    ...(wantsOtherDays && findFaketime() === undefined ? ['faketime'] : []),
  ];
  const told = missing.length > 0 ? await installFromDebian(missing, { signal, progress }) : '';
  const shared = resolve(root, process.env['LINQIAO_SHARED'] ?? '../shared');
  const found = {
    redis: wantsQueue ? findRedisServer() : undefined,
    chromium: wantsBrowser ? findChromium() : undefined,
    faketime: wantsOtherDays ? findFaketime() : undefined,
    shared,
  };
  const tally = emptyTally();
  /** @param {string} name @param {boolean} present @param {string} consequence */
  const judge = (name, present, consequence) => {
    if (present) {
      add(tally, onePassed());
      return;
    }
    progress.warn(`${name} is not there: ${consequence}.`);
    add(tally, strict ? oneFailed(name, `${consequence}\n${told}`) : oneSkipped(name, consequence));
  };
  if (wantsQueue) {
    judge('redis-server', found.redis !== undefined, 'the queue is tested on Postgres only, not on Redis');
  }
  if (wantsBrowser) {
    judge('chromium', found.chromium !== undefined, 'nothing is tested in a browser');
    judge('a Chinese font', hasChineseFont(), 'pages are drawn with boxes for Chinese text');
  }
  if (wantsOtherDays) judge('faketime', found.faketime !== undefined, 'nothing is tested on another day');
  judge('shared data', existsSync(join(shared, 'data')), `no test reads the public data sets (${shared})`);
  return { found, tally };
}

/**
 * @param {string[]} packages
 * @param {{ signal: AbortSignal, progress: import('../../src/launch/progress.mjs').Progress }} options
 * @returns {Promise<string>} what went wrong, or empty
 */
async function installFromDebian(packages, { signal, progress }) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    return `Install by hand: ${packages.join(', ')}`;
  }
  const task = progress.begin(`Installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = { cwd: '/', env, signal };
  const wait = ['-q', '-o', 'DPkg::Lock::Timeout=120'];
  const update = await runStep('apt-get', [...wait, 'update'], { ...options, timeoutMs: 120_000 });
  // A stale package list may still do.
  const install = await runStep(
    'apt-get',
    [...wait, 'install', '-y', '--no-install-recommends', ...packages],
    {
      ...options,
      timeoutMs: 300_000,
    },
  );
  task.end(install.code === 0 ? '✓' : '✗');
  return install.code === 0 ? '' : `${update.output}\n${install.output}`;
}

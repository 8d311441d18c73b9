import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchProblem } from './launch-problem.mjs';

/**
 * How to run PostgreSQL, which refuses to run as root.
 *
 * @typedef {object} PostgresAccount
 * @property {(command: string, args: string[]) => { command: string, args: string[], uid?: number, gid?: number }} run
 * @property {(path: string) => void} own gives a file, or a folder with all in it, to the account
 * @property {string} description for the log
 */

/**
 * Chooses the account by trying it: only running the program in the folder proves that file modes, parent
 * folders and shared libraries allow it.
 *
 * As root the candidates are an unprivileged user, then the same user with one kernel capability that lets
 * it pass through folders closed to others (a checkout under /root, files installed with umask 077). The
 * capability is asked for only where the plain user cannot get through.
 *
 * @param {{ folder: string, binary: string, log: (line: string) => void }} options folder: an existing
 *   folder that PostgreSQL must be able to enter
 * @returns {PostgresAccount}
 * @throws {LaunchProblem}
 */
export function choosePostgresAccount({ folder, binary, log }) {
  if (process.getuid?.() !== 0) {
    const account = ordinaryAccount();
    const failure = failureOf(account, folder, binary);
    if (failure !== undefined) throw cannotRun(failure);
    return account;
  }
  const user = unprivilegedUser(log);
  let failure = '';
  for (const account of [
    plainAccount(user),
    capableAccount(user, 'dac_read_search'),
    capableAccount(user, 'dac_override'),
  ]) {
    const problem = failureOf(account, folder, binary);
    if (problem === undefined) return account;
    failure ||= problem;
  }
  throw new LaunchProblem(
    `PostgreSQL must not run as root, and the user "${user.name}" cannot reach ${folder} (${failure}).`,
    'Start as an ordinary user, or set LINQIAO_DATA_DIR to a folder others may enter, or open the parent ' +
      'folders for passing through (chmod o+x), or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** @param {string} failure */
function cannotRun(failure) {
  return new LaunchProblem(
    `The embedded PostgreSQL does not run on this system: ${failure}`,
    'It needs a Linux with the GNU C library, or macOS. Otherwise set DATABASE_URL to a PostgreSQL 15 or ' +
      'later of your own.',
  );
}

/**
 * @param {PostgresAccount} account @param {string} folder @param {string} binary
 * @returns {string | undefined} undefined when it works
 */
function failureOf(account, folder, binary) {
  const { command, args, ...ids } = account.run('/bin/sh', ['-c', 'cd "$0" && exec "$1" -V', folder, binary]);
  const result = spawnSync(command, args, { ...ids, cwd: '/', encoding: 'utf8', timeout: 20_000 });
  if (result.status === 0) return undefined;
  return (result.stderr || result.error?.message || `exit code ${result.status}`).trim().split('\n').at(-1);
}

/** @returns {PostgresAccount} */
function ordinaryAccount() {
  return {
    run: (command, args) => ({ command, args }),
    own: () => undefined,
    description: 'the current user',
  };
}

/** @typedef {{ name: string, uid: number, gid: number }} OsUser */

/** @param {OsUser} user @returns {PostgresAccount} */
function plainAccount({ name, uid, gid }) {
  return {
    run: (command, args) => ({ command, args, uid, gid }),
    own: (path) => {
      chownTree(path, uid, gid);
    },
    description: `the user ${name}`,
  };
}

/** @param {OsUser} user @param {'dac_read_search' | 'dac_override'} capability @returns {PostgresAccount} */
function capableAccount(user, capability) {
  const { uid, gid } = user;
  return {
    ...plainAccount(user),
    run: (command, args) => ({
      command: 'setpriv',
      args: [
        `--reuid=${uid}`,
        `--regid=${gid}`,
        '--clear-groups',
        `--inh-caps=+${capability}`,
        `--ambient-caps=+${capability}`,
        command,
        ...args,
      ],
    }),
    description: `the user ${user.name} with ${capability}`,
  };
}

/** @param {string} path @param {number} uid @param {number} gid */
function chownTree(path, uid, gid) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) {
    lchownSync(path, uid, gid);
    return;
  }
  if (stat.uid !== uid || stat.gid !== gid) chownSync(path, uid, gid);
  if (!stat.isDirectory()) return;
  for (const entry of readdirSync(path)) chownTree(join(path, entry), uid, gid);
}

/**
 * A user with an entry in the user list (PostgreSQL looks its own name up) that is not root.
 *
 * @param {(line: string) => void} log
 * @returns {OsUser}
 */
function unprivilegedUser(log) {
  const known = userNamed('linqiao') ?? userNamed('postgres');
  if (known !== undefined) return known;
  try {
    execFileSync(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/bin/false',
        'linqiao',
      ],
      { stdio: 'ignore' },
    );
    log('Created the system user "linqiao" for the database (PostgreSQL refuses to run as root).');
  } catch {
    // A slim image without useradd, or a read-only system: nobody is always there.
  }
  const user = userNamed('linqiao') ?? userNamed('nobody');
  if (user !== undefined) return user;
  throw new LaunchProblem(
    'PostgreSQL must not run as root, and this system has no other user for it.',
    'Start as an ordinary user, or create one: useradd --system linqiao',
  );
}

/** @param {string} name @returns {OsUser | undefined} */
function userNamed(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LaunchProblem } from './launch-problem.mjs';
import { guardAgainstOrphan } from './orphan-guard.mjs';
import { beginOf, commandLineOf, endProcess } from './process-identity.mjs';

/**
 * @typedef {object} ClusterSecrets kept in `postgres.json`, readable by its owner only
 * @property {number} [port]
 * @property {string} superuserPassword of the role `postgres`
 * @property {string} password of the role `linqiao`, which owns the database `linqiao`
 *
 * @typedef {object} Cluster
 * @property {string} dataDir the folder that holds the cluster, its secrets and its log
 * @property {string} folder the cluster itself
 * @property {import('./postgres-binaries.mjs').PostgresBinaries} binaries
 * @property {import('./postgres-account.mjs').PostgresAccount} account
 * @property {boolean} durable
 * @property {(line: string) => void} log
 */

/**
 * Nothing of the caller's: not its language, and none of the variables that libpq and initdb read. Only a clock
 * that libfaketime has moved (the rehearsal of another day) holds for the server, too.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function postgresEnvironment() {
  const { PATH = '/usr/bin:/bin', FAKETIME, LD_PRELOAD } = process.env;
  const clock = FAKETIME === undefined ? {} : { FAKETIME, LD_PRELOAD };
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...clock };
}

const DRAFT = 'postgres.new-';

/** @param {string} dataDir @param {ClusterSecrets} secrets */
export function saveSecrets(dataDir, secrets) {
  const path = join(dataDir, 'postgres.json');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(secrets, null, 2) + '\n', { mode: 0o600 });
  renameSync(draft, path);
}

/** @param {string} dataDir @returns {ClusterSecrets | undefined} */
export function readSecrets(dataDir) {
  try {
    const secrets = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
    return typeof secrets.superuserPassword === 'string' && typeof secrets.password === 'string'
      ? secrets
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Brings the folder to a state in which a postmaster can be started: one complete cluster, with passwords
 * we know, and nobody running on it.
 *
 * A first start may have been killed at any moment. The cluster is therefore made in a draft folder and
 * gets its name only when it is complete with role and database; whatever draft is found is thrown away.
 *
 * @param {Cluster} cluster
 * @returns {Promise<ClusterSecrets>}
 */
export async function prepareCluster(cluster) {
  const { dataDir, folder, account } = cluster;
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(DRAFT)) rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
  let secrets = readSecrets(dataDir);
  if (existsSync(join(folder, 'PG_VERSION'))) {
    checkVersion(cluster);
    await endOrphanedPostmaster(cluster);
    account.own(folder);
    if (secrets === undefined) {
      cluster.log('The passwords of the database were lost; setting new ones.');
      secrets = newSecrets();
      await runSingleUser(cluster, folder, [
        `ALTER ROLE postgres PASSWORD '${secrets.superuserPassword}'`,
        `ALTER ROLE linqiao PASSWORD '${secrets.password}'`,
      ]);
      saveSecrets(dataDir, secrets);
    }
    return secrets;
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new LaunchProblem(
      `${folder} holds something that is not a PostgreSQL cluster.`,
      'Move it away, then start again. Nothing in it was changed.',
    );
  }
  secrets ??= newSecrets();
  saveSecrets(dataDir, secrets);
  await createCluster(cluster, secrets);
  return secrets;
}

/** @returns {ClusterSecrets} */
function newSecrets() {
  // Hexadecimal needs no quoting in SQL nor in a URL.
  return { superuserPassword: randomBytes(16).toString('hex'), password: randomBytes(16).toString('hex') };
}

/** @param {Cluster} cluster */
function checkVersion({ folder }) {
  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (major === '18') return;
  throw new LaunchProblem(
    `The data in ${folder} belongs to PostgreSQL ${major}, the embedded one is 18.`,
    'Export it with the older release (pg_dump) and import it into a fresh data folder.',
  );
}

/** @param {Cluster} cluster @param {ClusterSecrets} secrets */
async function createCluster(cluster, secrets) {
  const { dataDir, folder, binaries, account, durable } = cluster;
  const draft = join(dataDir, `${DRAFT}${randomBytes(4).toString('hex')}`);
  const passwordFile = join(dataDir, `${DRAFT}password`);
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, secrets.superuserPassword + '\n', { mode: 0o600 });
  account.own(draft);
  account.own(passwordFile);
  try {
    await runToEnd(cluster, binaries.initdb, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // pg_trgm still asks the C library what a letter is, and under "C" no Chinese character is one.
      `--lc-ctype=${unicodeLocale()}`,
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await runSingleUser(cluster, draft, [
      `CREATE ROLE linqiao LOGIN NOSUPERUSER PASSWORD '${secrets.password}'`,
      // The API and the workers take this role on after connecting. Made here, because the migrations run
      // as the owner, who may not make roles.
      'CREATE ROLE linqiao_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE',
      'GRANT linqiao_app TO linqiao',
      'CREATE DATABASE linqiao OWNER linqiao',
    ]);
    renameSync(draft, folder);
    syncFolder(dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A UTF-8 locale of the C library; `C.UTF-8` is part of glibc, macOS has the other one. */
function unicodeLocale() {
  const { stdout } = spawnSync('locale', ['-a'], { encoding: 'utf8' });
  const known = new Set((stdout ?? '').split('\n').map(canonicalLocale));
  return ['C.UTF-8', 'en_US.UTF-8'].find((name) => known.has(canonicalLocale(name))) ?? 'C.UTF-8';
}

/** @param {string} name */
function canonicalLocale(name) {
  return name.trim().toLowerCase().replace('utf-8', 'utf8');
}

/** @param {string} folder */
function syncFolder(folder) {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Statements without a server, one a line: no port, no password needed.
 *
 * @param {Cluster} cluster @param {string} folder @param {string[]} statements
 */
async function runSingleUser(cluster, folder, statements) {
  const flags = ['--single', '-D', folder, '-c', 'exit_on_error=on', ...(cluster.durable ? [] : ['-F'])];
  await runToEnd(cluster, cluster.binaries.postgres, [...flags, 'postgres'], statements.join('\n') + '\n');
}

/**
 * @param {Cluster} cluster @param {string} program @param {string[]} programArgs @param {string} [input]
 * @returns {Promise<void>}
 */
function runToEnd({ account }, program, programArgs, input = '') {
  const { command, args, ...ids } = account.run(program, programArgs);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...ids,
      cwd: '/',
      env: postgresEnvironment(),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const release = child.pid === undefined ? undefined : guardAgainstOrphan(child.pid, { signal: 'KILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-8_000);
      });
    }
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      release?.();
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${signal ?? code}:\n${output.trim()}`));
    });
  });
}

/**
 * What the postmaster wrote about itself: line 1 its process, 4 the port, 8 its status.
 *
 * @param {string} folder of the cluster
 * @returns {{ pid: number, port: number, status: string } | undefined}
 */
export function readPostmasterFile(folder) {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/**
 * After `kill -9` of a launcher its postmaster may still run for a moment. The caller holds the lock of
 * the data folder, so whoever runs here is an orphan: it is shut down, never joined by a second one.
 *
 * @param {Cluster} cluster
 */
async function endOrphanedPostmaster({ folder, log }) {
  const found = readPostmasterFile(folder);
  if (found === undefined) return;
  const begun = beginOf(found.pid);
  if (begun !== undefined && isPostmasterOf(found.pid, folder)) {
    log(`A database server from an interrupted start still runs (process ${found.pid}); stopping it.`);
    const gone = await endProcess({ pid: found.pid, begun }, [
      { signal: 'SIGINT', waitMs: 20_000 },
      { signal: 'SIGQUIT', waitMs: 10_000 },
    ]);
    if (gone) return;
    throw new LaunchProblem(
      `The database server of an interrupted start (process ${found.pid}) does not stop.`,
      `Stop it by hand (kill -QUIT ${found.pid}), then start again.`,
    );
  }
  // The number now belongs to another program. PostgreSQL would take that for a living postmaster and
  // refuse to start; its check of the shared memory block still protects the files.
  rmSync(join(folder, 'postmaster.pid'), { force: true });
}

/** @param {number} pid @param {string} folder */
function isPostmasterOf(pid, folder) {
  const line = commandLineOf(pid);
  return line.includes('postgres') && line.includes(folder);
}

import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LockHeld, startEmbeddedPostgres } from './embedded-postgres.mjs';

describe('the embedded PostgreSQL', () => {
  /** A folder with a complete cluster that was stopped: making one takes longer than the tests. */
  /** @type {string} */
  let model;
  /** @type {string} */
  let dataDir;
  /** @type {Array<() => unknown>} */
  const undo = [];
  const makeFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'linqiao-postgres-'));
    // The server runs as another user when the tests run as root.
    chmodSync(folder, 0o711);
    return folder;
  };
  beforeAll(async () => {
    model = makeFolder();
    const server = await startEmbeddedPostgres({ dataDir: model, durable: false });
    await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await server.stop();
  });
  afterAll(() => rmSync(model, { recursive: true, force: true }));
  beforeEach(() => {
    dataDir = makeFolder();
    undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const useModel = () => {
    for (const name of readdirSync(model)) spawnSync('cp', ['-a', join(model, name), dataDir]);
  };
  /** @param {Partial<import('./embedded-postgres.mjs').EmbeddedPostgresOptions>} [options] */
  const start = async (options = {}) => {
    const server = await startEmbeddedPostgres({ dataDir, durable: false, ...options });
    undo.push(() => server.stop());
    return server;
  };
  /** @param {string} url @param {string} sql */
  const query = async (url, sql) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  /** @param {string} url @param {string[]} names */
  const settings = async (url, names) => {
    const columns = names.map((name) => `current_setting('${name}') AS ${name}`).join(', ');
    return (await query(url, `SELECT ${columns}`))[0];
  };

  it('can be reached from this machine alone, and by nobody without the password', async () => {
    useModel();
    const { url, superuserUrl } = await start();
    expect(
      await settings(superuserUrl, ['listen_addresses', 'unix_socket_directories', 'password_encryption']),
    ).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      password_encryption: 'scram-sha-256',
    });
    for (const [address, password] of /** @type {const} */ ([
      [url, ''],
      [url, 'guessed'],
      [superuserUrl, 'guessed'],
    ])) {
      const changed = new URL(address);
      changed.password = password;
      await expect(query(changed.href, 'SELECT 1')).rejects.toThrow();
    }
    const rules = await query(
      superuserUrl,
      'SELECT DISTINCT auth_method FROM pg_hba_file_rules WHERE error IS NULL',
    );
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
  });

  it('keeps its passwords and its data for its owner only', async () => {
    useModel();
    await start();
    const modeOf = (/** @type {string} */ name) => (statSync(join(dataDir, name)).mode & 0o777).toString(8);
    expect([modeOf('postgres.json'), modeOf('postgres')]).toEqual(['600', '700']);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  it('gives the product a user that rules nothing but its own database', async () => {
    useModel();
    const { url } = await start();
    const rows = await query(
      url,
      `SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS mighty, rolcanlogin AS login
       FROM pg_roles WHERE rolname LIKE 'linqiao%' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { name: 'linqiao', mighty: false, login: true },
      { name: 'linqiao_app', mighty: false, login: false },
    ]);
    expect(await query(url, "SELECT pg_has_role('linqiao_app', 'SET') AS may")).toEqual([{ may: true }]);
  });

  it('survives a power cut, unless it is one for tests', async () => {
    useModel();
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    const safe = await start({ durable: true });
    expect(await settings(safe.url, names)).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
    });
    await safe.stop();
    const quick = await start();
    expect((await settings(quick.url, names)).fsync).toBe('off');
  });

  it('is one for a folder: a second start is told who has it', async () => {
    useModel();
    const first = await start();
    await expect(start()).rejects.toThrow(LockHeld);
    await first.stop();
    await first.exited;
    await start();
  });

  it('is found where it was, with its data, after a stop', async () => {
    useModel();
    const first = await start();
    await first.stop();
    const second = await start();
    expect([second.port, second.created, first.created]).toEqual([first.port, false, false]);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('moves to another port when its own is taken, but not from one that it was told to use', async () => {
    useModel();
    const first = await start();
    await first.stop();
    const other = createServer();
    await new Promise((resolve) => other.listen(first.port, '127.0.0.1', () => resolve(undefined)));
    undo.push(() => other.close());
    await expect(start({ port: first.port })).rejects.toMatchObject({ name: 'LaunchProblem' });
    const second = await start();
    expect(second.port).not.toBe(first.port);
    // It stays there: the programs of the next start find it under the port that was written down.
    expect(JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')).port).toBe(second.port);
  });

  it('sets new passwords when they were lost, and keeps the data', async () => {
    useModel();
    const before = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
    rmSync(join(dataDir, 'postgres.json'));
    const { url, superuserUrl } = await start();
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect(await query(superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const old = new URL(url);
    old.password = before.password;
    await expect(query(old.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('starts where the number of a killed server belongs to another program by now', async () => {
    useModel();
    const folder = join(dataDir, 'postgres');
    // Of the same user: PostgreSQL looks no closer, and would take it for a server that runs.
    const { uid, gid } = statSync(folder);
    const stranger = spawn('sleep', ['300'], { uid, gid });
    undo.push(() => stranger.kill('SIGKILL'));
    writeFileSync(join(folder, 'postmaster.pid'), `${stranger.pid}\n${folder}\n0\n15000\n\n127.0.0.1\n`);
    const { pid } = await start();
    expect([pid === stranger.pid, stranger.exitCode, stranger.signalCode]).toEqual([false, null, null]);
  });

  it('throws the draft of a start that was killed away', async () => {
    useModel();
    mkdirSync(join(dataDir, 'postgres.new-1234/base'), { recursive: true });
    await start();
    expect(existsSync(join(dataDir, 'postgres.new-1234'))).toBe(false);
  });

  it('touches nothing that is not a cluster of its own', async () => {
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres/diary.txt'), 'dear diary');
    const refused = {
      name: 'LaunchProblem',
      message: expect.stringContaining('is not a PostgreSQL cluster'),
    };
    await expect(start()).rejects.toMatchObject(refused);
    expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['diary.txt']);
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await expect(start()).rejects.toMatchObject({
      name: 'LaunchProblem',
      message: expect.stringContaining('belongs to PostgreSQL 17, the embedded one is 18'),
    });
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });
});

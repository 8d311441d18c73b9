import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { chooseLoopbackPort } from '../../src/launch/ports.mjs';
import { buildProduct } from '../support/build.js';
import { compose, expand, type Service } from '../support/compose-file.js';
import {
  findRedisServer,
  makeRunFolder,
  startThrowawayPostgres,
  startThrowawayRedis,
} from '../support/services.mjs';

const root = join(import.meta.dirname, '..', '..');
const { migrate, api, worker } = compose.services;
const APP_ROLE = 'linqiao_app';

/** The entry points with the containers' environment and nothing else; hosts are those of this machine. */
describe('the same commands, outside a container', () => {
  /** Root could write everywhere; in the container nobody is root. */
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
  const undo: (() => unknown)[] = [];
  let folder: string;
  let superuserUrl: string;
  let filesDir: string;
  let replacements: Record<string, string>;
  let port: number;

  beforeAll(async () => {
    await buildProduct();
    folder = makeRunFolder();
    undo.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const server = await startThrowawayPostgres(folder);
    undo.push(() => server.stop());
    const redisProgram = findRedisServer();
    const queue = redisProgram === undefined ? undefined : await startThrowawayRedis(redisProgram, folder);
    if (queue) undo.push(() => queue.stop());
    superuserUrl = server.superuserUrl;
    const database = await createDatabase();
    filesDir = join(folder, 'files');
    mkdirSync(filesDir);
    chmodSync(filesDir, 0o700);
    if (nobody) chownSync(filesDir, nobody.uid, nobody.gid);
    port = await chooseLoopbackPort();
    replacements = {
      DATABASE_URL: database,
      REDIS_URL: queue?.url ?? '',
      FILES_DIR: filesDir,
      PORT: String(port),
      HOST: '127.0.0.1',
    };
  });
  afterAll(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const asSuperuser = async (statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const urlOf = (name: string) => {
    const url = new URL(superuserUrl);
    [url.username, url.password, url.pathname] = [name, 'fictional', `/${name}`];
    return url.href;
  };
  /** What create-database.sql does in the container, under another name: this server has a `linqiao` already. */
  const createDatabase = async () => {
    const statements = readFileSync(join(root, 'docker/create-database.sql'), 'utf8')
      .replace(/^--.*$/gm, '')
      .replaceAll(/\blinqiao\b/g, 'harbour')
      .replaceAll(":'password'", "'fictional'")
      .split(';')
      .map((statement) => statement.trim())
      .filter(Boolean);
    await asSuperuser([`DROP ROLE IF EXISTS ${APP_ROLE}`, ...statements]);
    return urlOf('harbour');
  };

  const start = (service: Service): ChildProcess & { output: () => string } => {
    const [, script = '', ...rest] = service.command;
    const given = expand(service.environment);
    const env = {
      ...given,
      ...Object.fromEntries(Object.entries(replacements).filter(([name]) => name in given)),
    };
    const child = spawn(process.execPath, [join(root, script), ...rest], {
      cwd: '/',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...nobody,
    });
    const lines: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => lines.push(chunk));
    undo.push(() => child.kill('SIGKILL'));
    return Object.assign(child, { output: () => Buffer.concat(lines).toString() });
  };
  const exitCode = async (child: ChildProcess) =>
    child.exitCode ?? ((await once(child, 'exit')) as [number | null])[0];
  /** Signs in and stores a file, in the one folder that may be written. */
  const upload = async () => {
    const api = `http://127.0.0.1:${port}/api/v1`;
    const session = await fetch(`${api}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'somebody', password: 'a bridge of stones 7', deliver: 'bearer' }),
    });
    const { token } = (await session.json()) as { token: string };
    const body = new FormData();
    body.set('file', new Blob(['只是一行字\n'], { type: 'text/plain' }), '说明.txt');
    const stored = await fetch(`${api}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    });
    return stored.status;
  };
  const until = async (holds: () => Promise<boolean>, program: { output: () => string }) => {
    const end = Date.now() + 45_000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`Waited in vain; the program said: ${program.output()}`);
      await delay(100);
    }
  };
  const health = () => {
    const child = spawn(process.execPath, [join(root, 'docker/healthcheck.mjs')], {
      cwd: '/',
      env: { PORT: String(port) },
      ...nobody,
    });
    return exitCode(child);
  };

  it('migrate makes the application’s role itself where its user may create roles', async () => {
    await asSuperuser([
      'DROP DATABASE harbour',
      `DROP ROLE ${APP_ROLE}`,
      "CREATE ROLE jetty LOGIN CREATEROLE PASSWORD 'fictional'",
      'CREATE DATABASE jetty OWNER jetty',
    ]);
    replacements['DATABASE_URL'] = urlOf('jetty');
    const child = start(migrate);
    expect([await exitCode(child), child.output()]).toEqual([0, expect.stringContaining('Migrated: ')]);
    const client = new pg.Client({ connectionString: urlOf('jetty') });
    await client.connect();
    await client.query(`SET ROLE ${APP_ROLE}`);
    await client.end();
    await asSuperuser(['DROP DATABASE jetty', `DROP ROLE ${APP_ROLE}`, 'DROP ROLE jetty, harbour']);
    replacements['DATABASE_URL'] = await createDatabase();
  });

  it('migrate, twice at once; then api and worker get ready, work and stop when asked', async () => {
    const migrations = [start(migrate), start(migrate)];
    expect(await Promise.all(migrations.map(exitCode))).toEqual([0, 0]);
    // One of them waited for the other, and found nothing left to do.
    expect(migrations.map((child) => child.output()).sort()).toEqual([
      expect.stringMatching(/^Migrated: /),
      expect.stringMatching(/^The database is up to date\./),
    ]);
    expect(await health()).toBe(1);
    const running = { api: start(api), worker: start(worker) };
    await until(async () => (await health()) === 0, running.api);
    const registered = await fetch(`http://127.0.0.1:${port}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'somebody', displayName: '某人', password: 'a bridge of stones 7' }),
    });
    expect(registered.status).toBe(201);
    expect(await upload()).toBe(201);
    expect(readdirSync(filesDir)).not.toEqual([]);
    const client = new pg.Client({ connectionString: replacements['DATABASE_URL'] });
    await client.connect();
    await until(async () => {
      const { rowCount } = await client.query('SELECT 1 FROM notifications.message');
      return rowCount === 1;
    }, running.worker);
    await client.end();
    for (const child of Object.values(running)) child.kill('SIGTERM');
    const codes = await Promise.all(
      Object.values(running).map(async (child) => [await exitCode(child), child.signalCode]),
    );
    // The API hands the signal on to itself after it has closed.
    for (const [code, signal] of codes) expect(signal ?? code).toEqual(signal ? 'SIGTERM' : 0);
  });
});

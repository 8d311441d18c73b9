import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { root } from './root.js';

export interface RunningProduct {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly client: pg.Client;
  /** Resident memory now and at its highest, in MB. */
  memory(process: 'api' | 'worker'): { nowMb: number; peakMb: number };
  stop(): Promise<void>;
}

/** The product as users run it: its own PostgreSQL with durable commits, API and worker as processes. */
export async function startProduct(): Promise<RunningProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'linqiao-bench-'));
  // Loaded by its path: the bundle lies elsewhere, and the launcher finds its programs beside itself.
  const { startEmbeddedPostgres } = (await import(
    join(root, 'src/launch/embedded-postgres.mjs')
  )) as typeof import('../../src/launch/embedded-postgres.mjs');
  const database = await startEmbeddedPostgres({ dataDir: folder });
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    FILES_DIR: join(folder, 'files'),
  };
  await finished(
    spawn(process.execPath, ['dist/src/cli.js', 'migrate'], { cwd: root, env, stdio: 'ignore' }),
  );
  const api = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const worker = spawn(process.execPath, ['dist/src/worker.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  await untilReady(`${baseUrl}/health/ready`);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    baseUrl,
    databaseUrl: database.url,
    client,
    memory: (which) => memoryOf(which === 'api' ? api : worker),
    stop: async () => {
      await client.end();
      for (const child of [api, worker]) child.kill('SIGTERM');
      await Promise.all([ended(api), ended(worker)]);
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error('The API did not become ready within 30 s');
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A step of the benchmark ended with ${code ?? 'a signal'}`));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
}

function memoryOf(child: ChildProcess): { nowMb: number; peakMb: number } {
  const path = `/proc/${child.pid ?? 0}/status`;
  if (!existsSync(path)) return { nowMb: Number.NaN, peakMb: Number.NaN };
  const status = readFileSync(path, 'utf8');
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
  return { nowMb: mb('VmRSS'), peakMb: mb('VmHWM') };
}

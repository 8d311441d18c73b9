import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const launcher = join(import.meta.dirname, '..', '..', 'src', 'launch', 'start.mjs');

/** `nobody`: a user that can write nowhere of its own. */
export const ORDINARY_UID = 65_534;
export const isRoot = process.getuid?.() === 0;

/** A checkout under a closed folder (/root) cannot be read by anybody else, so nobody can start it there. */
export const othersCanReadUs =
  isRoot &&
  spawnSync(process.execPath, ['--check', launcher], { uid: ORDINARY_UID, gid: ORDINARY_UID, cwd: '/' })
    .status === 0;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits for something that others bring about. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
  everyMs = 20,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await isSo()) return;
    await sleep(everyMs);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
}

/** Made once for the tests of one file. */
let model: Promise<Product> | undefined;

/** A small product in a folder of its own, brought up by the real launcher. */
export class Product {
  readonly root: string;
  readonly launches: Launch[] = [];

  private constructor(readonly port: number) {
    this.root = mkdtempSync(join(tmpdir(), 'linqiao-launch-'));
    chmodSync(this.root, 0o755);
    cpSync(join(import.meta.dirname, 'fixture'), this.root, { recursive: true });
    // What an install leaves behind; the fixture needs no packages.
    const lock = createHash('sha256')
      .update(readFileSync(this.path('package-lock.json')))
      .digest('hex');
    mkdirSync(this.path('node_modules/.cache/linqiao'), { recursive: true });
    writeFileSync(this.path('node_modules/.cache/linqiao/install.json'), JSON.stringify({ lock }));
  }

  /** As on a machine where it was never started. */
  static async create(): Promise<Product> {
    return new Product(await freePort());
  }

  /**
   * As after a complete first start and a stop: a copy of one such product, because making a cluster takes
   * longer than most tests.
   */
  static async prepared(): Promise<Product> {
    model ??= Product.makeModel();
    const { root } = await model;
    const product = await Product.create();
    for (const folder of ['data', 'dist']) {
      const copied = spawnSync('cp', ['-a', join(root, folder), product.root], { encoding: 'utf8' });
      if (copied.status !== 0) throw new Error(copied.stderr);
    }
    return product;
  }

  private static async makeModel(): Promise<Product> {
    const product = await Product.create();
    const launch = product.start();
    await launch.isReady();
    launch.pressCtrlC();
    await launch.exited;
    return product;
  }

  path(relative: string): string {
    return join(this.root, relative);
  }

  has(relative: string): boolean {
    return existsSync(this.path(relative));
  }

  /** Names of the build and command steps that ran to their end, in order. */
  steps(): string[] {
    return this.has('steps.log') ? readFileSync(this.path('steps.log'), 'utf8').trim().split('\n') : [];
  }

  /** Gives the whole product to the ordinary user. */
  giveAway(path = this.root): void {
    chownSync(path, ORDINARY_UID, ORDINARY_UID);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) this.giveAway(join(path, entry.name));
      else chownSync(join(path, entry.name), ORDINARY_UID, ORDINARY_UID);
    }
  }

  start(env: Record<string, string> = {}, options: { uid?: number; npm?: boolean } = {}): Launch {
    const command = options.npm ? ['npm', 'start'] : [process.execPath, launcher, '--root', this.root];
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd: this.root,
      // A group of its own, as a shell gives every command, so that a test can press Ctrl-C on all of it.
      detached: true,
      env: {
        PATH: process.env['PATH'],
        HOME: this.root,
        // As under npm: a launcher whose parent, this test, is killed does not run on.
        npm_lifecycle_event: 'test',
        PORT: String(this.port),
        LAUNCHER: launcher,
        LINQIAO_TEST_MARK: this.root,
        FIXTURE_PG: join(createRequire(import.meta.url).resolve('pg/package.json'), '..', 'esm', 'index.mjs'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    });
    const launch = new Launch(child);
    this.launches.push(launch);
    return launch;
  }

  async get<T = { visits: number; pid: number }>(path = '/'): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { connection: 'close' },
    });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return (await response.json()) as T;
  }

  /** Everything that runs on behalf of this product, by its environment, command line or working folder. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const traces = [
          () => readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
          () => readFileSync(`/proc/${pid}/environ`, 'utf8'),
          () => readlinkSync(`/proc/${pid}/cwd`),
        ];
        return traces.some((read) => {
          try {
            return read().includes(this.root);
          } catch {
            return false;
          }
        });
      })
      .map(Number);
  }

  /** What initdb gave the cluster, never to be had twice. */
  cluster(): string {
    return readFileSync(this.path('data/postgres/global/pg_control')).subarray(0, 8).toString('hex');
  }

  /** The number of the running postmaster. */
  postmaster(): number {
    return Number(readFileSync(this.path('data/postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async untilNothingRuns(timeoutMs = 12_000): Promise<void> {
    // Looking through all processes of a machine is not free.
    await until('no process is left', () => this.processes().length === 0, timeoutMs, 150);
  }

  async remove(): Promise<void> {
    for (const launch of this.launches) launch.signal('SIGTERM');
    await this.untilNothingRuns().catch(() => {
      for (const pid of this.processes()) process.kill(pid, 'SIGKILL');
    });
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** For `afterAll`. */
export async function removeModel(): Promise<void> {
  const made = await model?.catch(() => undefined);
  await made?.remove();
  model = undefined;
}

/** One run of the launcher. */
export class Launch {
  output = '';
  readonly exited: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.exited = new Promise((resolve) => child.once('close', resolve));
  }

  async says(text: string, timeoutMs = 20_000): Promise<void> {
    await until(
      `the launcher says "${text}"`,
      () => {
        if (this.output.includes(text)) return true;
        if (this.child.exitCode !== null) throw new Error(`It ended instead:\n${this.output}`);
        return false;
      },
      timeoutMs,
    );
  }

  async isReady(): Promise<void> {
    await this.says('is ready');
  }

  /** To the process that was started only. */
  signal(name: NodeJS.Signals): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(name);
  }

  /** To its whole group, as the terminal does. */
  pressCtrlC(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGINT');
  }
}

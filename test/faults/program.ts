import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { clockOfThisRun } from '../support/moved-clock.mjs';

export const root = join(import.meta.dirname, '..', '..');
const EXIT_WITH_US = join(root, 'src', 'launch', 'exit-with-launcher.mjs');
/** A program that cannot even start is not started for ever. */
const MOST_CRASHES = 5;

/**
 * One program of the product, as its launcher starts it: a process of its own that ends with us, and that is
 * started again when it ends by itself.
 */
export class Program {
  /** Ends that nobody asked for. */
  readonly crashes: string[] = [];
  private child: ChildProcess | undefined;
  private logStart = 0;
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly script: string,
    private readonly env: Record<string, string>,
    private readonly logFile: string,
    /** A module that is loaded before the program. */
    private readonly preload?: string,
  ) {}

  start(): void {
    const preloads = [EXIT_WITH_US, ...(this.preload === undefined ? [] : [this.preload])];
    const output = openSync(this.logFile, 'a');
    this.logStart = fstatSync(output).size;
    const child = spawn(
      process.execPath,
      [...preloads.flatMap((file) => ['--import', pathToFileURL(file).href]), join(root, this.script)],
      {
        cwd: root,
        env: { PATH: process.env['PATH'], ...clockOfThisRun(), ...this.env },
        stdio: ['ignore', output, output, 'ipc'],
      },
    );
    closeSync(output);
    this.child = child;
    this.ended = new Promise((resolve) => child.once('exit', resolve));
    child.once('exit', (code, signal) => {
      if (this.child !== child) return;
      this.crashes.push(`${this.script} ended with ${code ?? signal ?? 'nothing'}:\n${this.lastWords}`);
      this.child = undefined;
      if (this.crashes.length < MOST_CRASHES) this.start();
    });
  }

  /** At this very moment; nothing of it runs any more when the caller goes on waiting. */
  killNine(): void {
    const child = this.child;
    this.child = undefined;
    child?.kill('SIGKILL');
  }

  /** After a kill: as soon as the old one is gone. */
  async startAgain(): Promise<void> {
    await this.ended;
    this.start();
  }

  async stop(): Promise<void> {
    this.killNine();
    await this.ended;
  }

  /** Whether the log of the process that runs now has the text. */
  hasSaid(text: string): boolean {
    return readFileSync(this.logFile).subarray(this.logStart).includes(text);
  }

  get lastWords(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
    return lines
      .slice(-15)
      .map((line) => line.slice(0, 400))
      .join('\n');
  }
}

/** Makes the tables of an empty database, as the operator does. */
export async function migrate(databaseUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'dist', 'src', 'cli.js'), 'migrate'], {
    env: { PATH: process.env['PATH'], ...clockOfThisRun(), DATABASE_URL: databaseUrl },
  });
}

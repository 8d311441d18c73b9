import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

/** What the measured child process is asked to do with an instance it generates or reads. */
interface Job {
  readonly volunteers: number;
  readonly slots: number;
  readonly kind: 'local' | 'uniform';
  readonly candidates?: number;
  /** Scores rounded up to this many levels. */
  readonly levels?: number;
  /** Hour cap of everybody, in minutes. */
  readonly hours?: number;
}

interface Run {
  readonly wallMs: number;
  /** Processor time of all threads, compiler and collector included: steadier on a busy machine. */
  readonly cpuMs: number;
  readonly objective: number;
  readonly bound?: number;
  readonly peakRssMb?: number;
  readonly violations?: number;
  readonly warmMs?: number;
  readonly hotMs?: number;
}

type Reference = { readonly name: string; readonly solve: (file: string) => Run } | undefined;

const ROOT = process.env['LINQIAO_ROOT'] ?? process.cwd();
const SMALL: Job = { volunteers: 10_000, slots: 1000, kind: 'local' };
const LARGE: Job = { volunteers: 100_000, slots: 10_000, kind: 'local' };

/**
 * Speed and certificates of the matching engine on generated instances, each case taken in turn with the outside
 * reference on the same pure instance, so that noise of the machine cancels in the ratio. Every run of ours is
 * a fresh process (cold). `MATCHING_BENCH=small` leaves out the cases of 2 million edges.
 */
export default async function bench(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'matching-bench-'));
  try {
    const child = await buildChild(folder);
    const ours = (file: string, ...mode: string[]): Run => run(process.execPath, [child, file, ...mode]);
    const write = (name: string, job: Job): string => {
      const file = join(folder, name);
      run(process.execPath, ['--max-old-space-size=2048', child, file, 'write', JSON.stringify(job)]);
      return file;
    };
    const large = process.env['MATCHING_BENCH'] !== 'small';
    const reference = lemon(folder) ?? (await highs(folder));
    const report: Record<string, unknown> = { reference: reference.name };
    const pure = (name: string, job: Job, rounds: number): void => {
      report[name] = paired(reference, write(`${name}.bin`, job), rounds, (file) => ours(file, 'pure'));
    };
    const schedule = (name: string, job: Job, rounds: number): void => {
      report[name] = paired(reference, write(`${name}.bin`, job), rounds, (file) => ours(file, 'schedule'));
    };
    pure('pure 10k x 1k', SMALL, 3);
    schedule('schedule 1k x 100', { volunteers: 1000, slots: 100, kind: 'local' }, 3);
    schedule('schedule 10k x 1k', SMALL, 3);
    schedule('schedule 10k x 1k, 60 candidates, 8 h', { ...SMALL, candidates: 60, hours: 480 }, 1);
    if (large) {
      pure('pure 100k x 10k', LARGE, 3);
      pure('pure 100k x 10k uniform', { ...LARGE, kind: 'uniform' }, 1);
      pure('pure 100k x 10k ten levels', { ...LARGE, levels: 10 }, 1);
      schedule('schedule 100k x 10k', LARGE, 1);
    }
    for (const [name, row] of Object.entries(report)) console.error(name.padEnd(40), JSON.stringify(row));
    requirePromises(report);
    return report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reference and engine in turn; medians. Ratios are to the reference's time on the pure problem. */
function paired(
  reference: Exclude<Reference, undefined>,
  file: string,
  rounds: number,
  ours: (file: string) => Run,
): object {
  const theirs: Run[] = [];
  const mine: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(reference.solve(file));
    mine.push(ours(file));
  }
  const median = (of: (r: Run) => number, runs: Run[]): number =>
    runs.map(of).sort((a, b) => a - b)[runs.length >> 1] ?? NaN;
  const referenceMs = median((r) => r.wallMs, theirs);
  const ms = median((r) => r.wallMs, mine);
  const last = mine.at(-1);
  const { objective = NaN, bound = NaN, hotMs, warmMs } = last ?? {};
  return {
    referenceMs: Math.round(referenceMs),
    ms: Math.round(ms),
    ratio: round(ms / referenceMs),
    cpuRatio: round(median((r) => r.cpuMs, mine) / median((r) => r.cpuMs, theirs)),
    ...(hotMs === undefined ? {} : { hotRatio: round(hotMs / referenceMs) }),
    ...(warmMs === undefined ? {} : { warmRatio: round(warmMs / referenceMs) }),
    gapPercent: round((100 * (bound - objective)) / Math.max(1, Math.abs(bound)), 5),
    // In a pure case the reference's optimum must be ours; in a schedule case it is another problem.
    ...(hotMs === undefined ? {} : { sameOptimum: objective === theirs.at(-1)?.objective }),
    violations: last?.violations,
    peakRssMb: Math.max(...mine.map((r) => r.peakRssMb ?? 0)),
  };
}

/** What does not depend on the machine's mood: no rule broken, pure cases optimal, certificates as promised. */
function requirePromises(report: Record<string, unknown>): void {
  for (const [name, row] of Object.entries(report)) {
    if (typeof row !== 'object' || row === null) continue;
    const { violations, sameOptimum, gapPercent } = row as Record<string, unknown>;
    const limit = name.includes('8 h') ? 0.1 : name.startsWith('pure') ? 0 : 0.05;
    if (violations !== 0 || sameOptimum === false || !(Number(gapPercent) <= limit)) {
      throw new Error(`${name} misses its promise: ${JSON.stringify(row)}`);
    }
  }
}

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

function run(command: string, args: string[]): Run {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 20 })) as Run;
}

function lemon(folder: string): Reference {
  const binary = join(folder, 'network-simplex');
  try {
    const source = join(ROOT, 'libs/matching/reference/network-simplex.cc');
    execFileSync('g++', ['-O3', '-march=native', source, '-o', binary, '-llemon'], { stdio: 'ignore' });
  } catch {
    return undefined; // no compiler or no liblemon-dev
  }
  return { name: 'LEMON network simplex', solve: (file) => run(binary, [file]) };
}

/** The fallback where LEMON cannot be built: HiGHS in WASM, which takes some five times as long. */
async function highs(folder: string): Promise<Exclude<Reference, undefined>> {
  const outfile = join(folder, 'highs.mjs');
  const contents = `
    import { readInstanceFile } from './instance-file.ts';
    import { optimaByHighs } from './test-support/highs.test-support.ts';
    const instance = readInstanceFile(process.argv[2]);
    const began = performance.now();
    const [objective] = await optimaByHighs([instance], 'pure');
    console.log(JSON.stringify({ wallMs: performance.now() - began, cpuMs: process.cpuUsage().user / 1000, objective: Math.round(objective) }));`;
  await bundle(contents, outfile);
  return {
    name: 'HiGHS in WASM (LEMON could not be built)',
    solve: (file) => run(process.execPath, [outfile, file]),
  };
}

async function buildChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs');
  const contents = `
    import { match } from './engine.ts';
    import { readInstanceFile, writeInstanceFile } from './instance-file.ts';
    import { sampleInstance } from './sample-instance.ts';
    const [, , file, mode, text] = process.argv;
    if (mode === 'write') {
      const job = JSON.parse(text);
      const sample = sampleInstance({ ...job, seed: 1 });
      const step = 10000 / (job.levels ?? 10000);
      const score = sample.score.map((s) => Math.ceil(s / step) * step);
      const maxMinutes = job.hours === undefined ? sample.maxMinutes : sample.maxMinutes.fill(job.hours);
      writeInstanceFile(file, { ...sample, score, maxMinutes });
      console.log('{}');
    } else {
      const instance = readInstanceFile(file);
      const before = process.cpuUsage();
      const first = match(instance, { problem: mode });
      const { user, system } = process.cpuUsage(before);
      const cpuMs = (user + system) / 1000;
      const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
      const { wallMs, objective, bound } = first;
      const out = { wallMs, cpuMs, objective, bound, peakRssMb, violations: first.report.violations };
      if (mode === 'pure') {
        const times = [0, 0, 0, 0, 0].map(() => match(instance, { problem: mode }).wallMs).sort((a, b) => a - b);
        out.hotMs = times[2];
        const maxSlots = instance.maxSlots.map((b, i) => (i % (instance.volunteers / 10) === 0 ? 0 : b));
        out.warmMs = match({ ...instance, maxSlots }, { problem: mode, warm: first }).wallMs;
      }
      console.log(JSON.stringify(out));
    }`;
  await bundle(contents, outfile);
  return outfile;
}

async function bundle(contents: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir: join(ROOT, 'libs/matching'), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    alias: { highs: join(ROOT, 'node_modules/highs/build/highs.mjs') },
  });
}

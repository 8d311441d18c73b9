import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { jest } from '@jest/globals';
import { build } from 'esbuild';

import { matchSolveCommand } from './cli.js';
import { hashInstance, match } from './engine.js';
import { writeInstanceFile } from './instance-file.js';
import { buildInstance } from './instance.js';
import { matchInWorker } from './run-in-worker.js';
import { sampleInstance } from './sample-instance.js';
import type { Progress } from './pure/solve-pure.js';

const instance = sampleInstance({ volunteers: 1000, slots: 100, seed: 21 });
const folder = mkdtempSync(join(tmpdir(), 'matching-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a run', () => {
  it.each(['pure', 'schedule'] as const)(
    'with the same seed gives the same %s result, with another the same value',
    (problem) => {
      const [first, again, other] = [5, 5, 6].map((seed) => match(instance, { problem, seed }));
      expect(again?.taken).toEqual(first?.taken);
      expect(first?.inputHash).toBe(hashInstance(instance));
      expect(first?.report.violations).toBe(0);
      if (problem === 'pure') expect(other?.objective).toBe(first?.objective);
    },
  );

  it('lets the seed, and not the row number, decide who of two equals gets the last place', () => {
    const equals = buildInstance({
      penalty: 10,
      volunteers: [{}, {}],
      slots: [{ min: 0, max: 1 }],
      candidates: [
        [0, 0, 5],
        [1, 0, 5],
      ],
    });
    const winners = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      match(equals, { problem: 'pure', seed }).taken.indexOf(1),
    );
    expect(new Set(winners)).toEqual(new Set([0, 1]));
  });

  it('hashes every part of the instance', () => {
    expect(hashInstance({ ...instance, rest: 61 })).not.toBe(hashInstance(instance));
    expect(
      hashInstance({ ...instance, score: instance.score.map((s, e) => (e === 5 ? s + 1 : s)) }),
    ).not.toBe(hashInstance(instance));
  });

  it.each(['pure', 'schedule'] as const)('keeps frozen shifts, and solves around them (%s)', (problem) => {
    const frozen = new Uint8Array(instance.edges);
    for (const first of instance.ptr.subarray(0, 50)) frozen[first] = 1;
    const tight = {
      ...instance,
      max: instance.max.map((u) => u + 50),
      maxMinutes: instance.maxMinutes.map((h) => Math.max(h, 480)),
    };
    const result = match(tight, { problem, frozen, seed: 3 });
    expect(result.taken.every((t, e) => frozen[e] === 0 || t === 1)).toBe(true);
    expect(result.report.violations).toBe(0);
    expect(result.gap).toBeLessThan(problem === 'pure' ? 1e-12 : 0.001);
  });

  it('within a time limit too short for it returns a valid answer and its bound', () => {
    const best = match(instance, { problem: 'schedule' });
    const hurried = match(instance, { problem: 'schedule', timeLimitS: 0.001 });
    expect(hurried.complete).toBe(false);
    expect(hurried.bound).toBeGreaterThanOrEqual(best.objective);
    expect(hurried.report.violations).toBe(0);
  });
});

describe('in a worker thread', () => {
  let workerUrl: URL;
  beforeAll(async () => {
    const outfile = join(folder, 'match.worker.mjs');
    const entry = join(import.meta.dirname, 'match.worker.ts');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    workerUrl = pathToFileURL(outfile);
  });

  it('gives the result of the same call in place, and reports progress', async () => {
    const reports: Progress[] = [];
    const options = { problem: 'schedule', seed: 4 } as const;
    const there = await matchInWorker(instance, {
      ...options,
      workerUrl,
      onProgress: (p) => reports.push(p),
    });
    expect(Buffer.from(there.taken).equals(match(instance, options).taken)).toBe(true);
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.every((p) => p.done >= 0 && p.done <= 1)).toBe(true);
  });

  it('stops when told to and still answers', async () => {
    const large = sampleInstance({ volunteers: 20_000, slots: 2000, seed: 22 });
    const abort = new AbortController();
    const result = await matchInWorker(large, {
      problem: 'schedule',
      workerUrl,
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    expect(result.complete).toBe(false);
    expect(result.report.violations).toBe(0);
    expect(result.bound).toBeGreaterThan(result.objective);
  });

  it('rejects when the thread fails', async () => {
    await expect(
      matchInWorker({ ...instance, ptr: instance.col }, { problem: 'pure', workerUrl }),
    ).rejects.toThrow();
  });
});

describe('the command', () => {
  const input = join(folder, 'in.bin');
  const out = join(folder, 'out.bin');
  const printed: string[] = [];
  beforeEach(() => {
    writeInstanceFile(input, instance);
    printed.length = 0;
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('writes one byte per edge and prints one JSON object', async () => {
    expect(
      await matchSolveCommand(['solve', '--in', input, '--out', out, '--schedule', '--seed', '9', '--json']),
    ).toBe(0);
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      problem: 'schedule',
      seed: 9,
      violations: 0,
      complete: true,
    });
    expect(readFileSync(out)).toHaveLength(instance.edges);
  });

  it('answers a wrong command line with 2 and a wrong file with 1', async () => {
    expect(await matchSolveCommand(['solve', '--in', input])).toBe(2);
    expect(await matchSolveCommand(['--in', input, '--out', out, '--frobnicate'])).toBe(2);
    expect(await matchSolveCommand(['--in', out, '--out', out])).toBe(1);
  });
});

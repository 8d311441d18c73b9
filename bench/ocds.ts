import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInOwnProcess, writeLargeFile } from '../libs/ocds/large-file.test-support.js';

const LARGE_BYTES = 1_000_000_000;
/** The baseline holds the whole file in memory, and a text of V8 ends at some 500 MB. */
const BASELINE_BYTES = 100_000_000;
const MAX_PEAK_RSS_MIB = 300;

const BASELINE = `
const { releases } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({
  releases: releases.length,
  peakRssMiB: process.resourceUsage().maxRSS / 1024,
  cpuSeconds: (user + system) / 1e6,
}));
`;

interface Baseline {
  releases: number;
  peakRssMiB: number;
  cpuSeconds: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Writes a file of `bytes`, judges it in a process of its own and checks that every release was judged rightly. */
async function judgeLargeFile(path: string, bytes: number, layout: 'package' | 'lines') {
  const written = writeLargeFile(path, bytes, layout);
  const { report, peakRssMiB, cpuSeconds } = await checkInOwnProcess([path]);
  if (
    report['accepted'] !== written.releases - written.invalid ||
    report['quarantined'] !== written.invalid
  ) {
    throw new Error(`${layout}: ${written.releases} releases were not all judged rightly`);
  }
  return {
    fileMB: round(written.bytes / 1e6),
    releases: written.releases,
    quarantined: written.invalid,
    peakRssMiB: round(peakRssMiB),
    mbPerCpuSecond: round(written.bytes / 1e6 / cpuSeconds),
  };
}

/** Reads a 1 GB package and 1 GB of lines within 300 MiB; the baseline parses a tenth of it as a whole. */
export default async function bench(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'ocds-bench-'));
  const path = join(folder, 'large.json');
  try {
    const oneGbPackage = await judgeLargeFile(path, LARGE_BYTES, 'package');
    const oneGbLines = await judgeLargeFile(path, LARGE_BYTES, 'lines');
    const tenth = await judgeLargeFile(path, BASELINE_BYTES, 'package');
    const parsed = JSON.parse(
      execFileSync(process.execPath, ['-e', BASELINE, path], { encoding: 'utf8' }),
    ) as Baseline;
    for (const { peakRssMiB } of [oneGbPackage, oneGbLines]) {
      if (peakRssMiB > MAX_PEAK_RSS_MIB) {
        throw new Error(`reading 1 GB took ${peakRssMiB} MiB, more than ${MAX_PEAK_RSS_MIB}`);
      }
    }
    const baselineParsingWhole = {
      fileMB: tenth.fileMB,
      peakRssMiB: round(parsed.peakRssMiB),
      mbPerCpuSecond: round(tenth.fileMB / parsed.cpuSeconds),
    };
    return {
      oneGbPackage,
      oneGbLines,
      sameFileAsBaseline: tenth,
      baselineParsingWhole,
      limitPeakRssMiB: MAX_PEAK_RSS_MIB,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

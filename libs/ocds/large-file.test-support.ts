/** Files of any size and the command in a process of its own, to measure what reading them really costs. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { sampleRelease } from './sample-release.test-support.js';

/** The project's folder, also when this file was compiled to another place. */
function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'libs/ocds/cli.ts'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${import.meta.dirname} is not inside the project`);
    folder = parent;
  }
  return folder;
}

const root = projectRoot();

export type Layout = 'package' | 'lines';

/** Every so many releases one is invalid, so that the quarantine has work to do as well. */
const INVALID_EVERY = 100;

export interface WrittenFile {
  readonly bytes: number;
  readonly releases: number;
  readonly invalid: number;
}

/** Writes releases until the file has at least `bytes`. */
export function writeLargeFile(path: string, bytes: number, layout: Layout): WrittenFile {
  const template = JSON.stringify({ ...sampleRelease(), id: '@id', ocid: '@ocid' });
  const file = openSync(path, 'w');
  let written = 0;
  let releases = 0;
  let invalid = 0;
  const write = (text: string): void => {
    written += writeSync(file, text);
  };
  if (layout === 'package') {
    write('{"uri":"https://example.org/all","version":"1.1","publishedDate":"2026-06-01T00:00:00Z",');
    write('"publisher":{"name":"示范区"},"releases":[');
  }
  while (written < bytes) {
    const batch: string[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      const text = template.replace('@id', `r-${releases}`).replace('@ocid', `ocds-zz0000-${releases}`);
      const broken = releases % INVALID_EVERY === INVALID_EVERY - 1;
      batch.push(broken ? text.replace('"tag":["contract"]', '"tag":["none"]') : text);
      if (broken) invalid += 1;
      releases += 1;
    }
    const separator = layout === 'package' ? ',' : '\n';
    write((releases > 200 ? separator : '') + batch.join(separator));
  }
  if (layout === 'package') write(']}');
  closeSync(file);
  return { bytes: written, releases, invalid };
}

/** Compiles a script into one file that Node can run by itself; the caller removes it. */
export async function bundleForNode(entry: string, name: string): Promise<string> {
  // Inside the project, so that the packages it imports are found.
  const folder = join(root, 'node_modules/.cache/ocds');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  await build({
    ...(entry.includes('\n')
      ? { stdin: { contents: entry, resolveDir: join(root, 'libs/ocds'), loader: 'ts' } }
      : { entryPoints: [entry] }),
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'project-imports',
        setup(bundle) {
          bundle.onResolve({ filter: /^#libs\// }, ({ path }) => ({
            path: join(root, 'libs', path.slice('#libs/'.length), 'index.ts'),
          }));
        },
      },
    ],
  });
  return outfile;
}

const MEASURED_COMMAND = `
import { ocdsCheckCommand } from './cli.js';
process.exitCode = await ocdsCheckCommand(process.argv.slice(2));
const cpu = process.cpuUsage();
const figures = { peakRssMiB: process.resourceUsage().maxRSS / 1024, cpuSeconds: (cpu.user + cpu.system) / 1e6 };
process.stderr.write(JSON.stringify(figures));
`;

export interface MeasuredRun {
  readonly status: number | null;
  readonly report: Record<string, unknown>;
  readonly peakRssMiB: number;
  readonly cpuSeconds: number;
}

/** Runs `ocds check … --json` in a process of its own. */
export async function checkInOwnProcess(args: readonly string[]): Promise<MeasuredRun> {
  const command = await bundleForNode(MEASURED_COMMAND, 'check');
  const child = spawn(process.execPath, [command, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gather = async (stream: AsyncIterable<Buffer>): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  try {
    const [out, err, status] = await Promise.all([gather(child.stdout), gather(child.stderr), ended]);
    const figures = JSON.parse(err) as { peakRssMiB: number; cpuSeconds: number };
    return { status, report: JSON.parse(out) as Record<string, unknown>, ...figures };
  } finally {
    rmSync(command);
  }
}

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from '../src/launch/install.mjs';
import { ensureBuilt } from '../src/launch/build.mjs';
import { createProgress } from '../src/launch/progress.mjs';

/**
 * `npm run bench -- NAME [--json]`: installs and builds what is missing, bundles bench/NAME.ts and runs it in a
 * process of its own with the garbage collector exposed. Progress goes to stderr, the result to stdout.
 */
const root = join(import.meta.dirname, '..');
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const [name, ...options] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`Usage: npm run bench -- <${names.join('|')}> [--json]`);
  process.exit(2);
}

const progress = createProgress(process.stderr);
await ensureInstalled({ root, progress });
if (name === 'smoke') await ensureBuilt({ root, progress });

const folder = join(root, 'node_modules', '.cache', 'linqiao', 'bench');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${name}.mjs`);
const { build } = await import('esbuild');
await build({
  entryPoints: [join(import.meta.dirname, `${name}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  tsconfig: join(root, 'tsconfig.json'),
  sourcemap: 'inline',
  logLevel: 'warning',
});

const runner = `
  const { default: bench } = await import(${JSON.stringify(new URL(`file://${outfile}`).href)});
  const result = await bench();
  const machine = ${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), date: new Date().toISOString() })};
  const all = { bench: ${JSON.stringify(name)}, ...result, machine };
  if (${JSON.stringify(options.includes('--json'))}) console.log(JSON.stringify(all));
  else console.dir(all, { depth: 6 });
  process.exit(0);
`;
if (!existsSync(outfile)) throw new Error(`The bundle ${outfile} was not written`);
const { status } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', runner], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, LINQIAO_ROOT: root },
});
process.exit(status ?? 1);

import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const seeds = join(import.meta.dirname, 'seeds');
const config = join(root, '.config', 'dependency-cruiser.cjs');
const rules = (createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }).forbidden;
const env = { ...process.env, NODE_OPTIONS: '' };

/** Every TypeScript and JavaScript file below a folder, as paths relative to it. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /[.]m?ts$|[.]mjs$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** What a seed says of itself in its first line: `// breaks: rule-a, rule-b`. */
function announced(): string[] {
  return sourcesBelow(seeds).flatMap((file) => {
    const [, names] = /^\/\/ breaks: (.+)\n/.exec(readFileSync(join(seeds, file), 'utf8')) ?? [];
    return names === undefined ? [] : names.split(', ').map((name) => `${file} breaks ${name}`);
  });
}

function found(): string[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', 'src', 'libs'];
  const output = execFileSync(process.execPath, args, { cwd: seeds, encoding: 'utf8', env });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return [...new Set(summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`))];
}

const usesForwardRef = (folder: string): string[] =>
  ['src', 'libs'].flatMap((part) =>
    sourcesBelow(join(folder, part))
      .map((file) => join(part, file))
      .filter((file) => /\bforwardRef\b/.test(readFileSync(join(folder, file), 'utf8'))),
  );

describe('who may import whom', () => {
  it('is broken by the seeds exactly as they announce, so every rule can fail', () => {
    const expected = announced();
    expect(found().sort()).toEqual(expected.sort());
    const proven = new Set(expected.map((line) => line.split(' breaks ')[1]));
    expect(rules.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });

  it('is kept by the product, and README.md shows the graph as it is', () => {
    const script = join(import.meta.dirname, 'module-graph.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8', env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('needs no forwardRef: modules and providers form no cycle', () => {
    expect(usesForwardRef(seeds)).toEqual(['src/platform/needs-forward-ref.ts']);
    expect(usesForwardRef(root)).toEqual([]);
  });
});

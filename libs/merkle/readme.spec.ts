import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

describe('the README', () => {
  it('has a script that runs as it stands', async () => {
    const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');
    const scripts = [...readme.matchAll(/^```ts run\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
    expect(scripts).toHaveLength(1);
    const directory = await mkdtemp(join(tmpdir(), 'readme-'));
    try {
      const outfile = join(directory, 'script.mjs');
      await build({
        stdin: { contents: scripts[0] ?? '', resolveDir: import.meta.dirname, loader: 'ts' },
        alias: { '#libs/merkle': join(import.meta.dirname, 'index.ts') },
        bundle: true,
        platform: 'node',
        format: 'esm',
        outfile,
      });
      const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
      expect(stdout.trim().split('\n')).toEqual([
        "[ 'linqiao.example/log', '2' ] first index 0",
        'refused: split-view',
      ]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bundleForNode } from './large-file.test-support.js';

describe('README', () => {
  it('has an example that runs and prints what it says', async () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    const script = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const promised = [...script.matchAll(/console\.log.*?; \/\/ (.*)|^\/\/ ((?:accepted|refused) .*)/gm)];
    const expected = promised.map(([, beside, below]) => beside ?? below);
    expect(expected).toHaveLength(3);
    const program = await bundleForNode(script, 'readme');
    const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' });
    rmSync(program);
    expect(printed.trim().split('\n')).toEqual(expected);
  });
});

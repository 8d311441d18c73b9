import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';

const CLI = join(import.meta.dirname, '..', 'dist', 'src', 'cli.js');
/** A frame of a stack, and the words of SQL with what follows them. */
const INNER_LIFE = /^\s+at |node_modules|\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|\bVALUES \(|QueryFailedError/m;

describe('the commands of an operator', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await cloneDatabase();
    folder = await mkdtemp(join(tmpdir(), 'linqiao-commands-'));
    await run('import', 'areas', await fileOf('code,name\n93,甲省\n9301,乙市\n'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  let files = 0;
  async function fileOf(content: string | Buffer): Promise<string> {
    const file = join(folder, `${(files += 1)}.csv`);
    await writeFile(file, content);
    return file;
  }
  function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], DATABASE_URL: database.url, FILES_DIR: folder };
      execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  }

  it('keep the good rows of a list of areas beside one that cannot be kept, and say which', async () => {
    const file = await fileOf('code,name\n930101,丙区\n930102,丁\u0000区\n930200,戊市\n\n,\n');
    const done = await run('import', 'areas', file);
    expect(done).toMatchObject({ code: 1, err: 'line 3, name: control-character\n' });
    expect(done.out).toContain('3 areas read: 2 added, 0 changed, 0 unchanged, 1 left out.');
  });

  it('keep the good rows of a plan, and say lines, column and reason of the others', async () => {
    const heading = '采购单位,采购项目名称,预算金额（万元）,预计采购时间';
    const file = await fileOf(
      `2026年采购意向\n${heading}\n甲街道办,好,1,2026-07\n甲街道办,坏\u0000,1,2026-07\n甲街道办,坏,58.5²,2026-123\n甲街道办,"两\n行",1\n`,
    );
    const done = await run('import', 'intentions', file, '--area', '9301');
    expect(done.code).toBe(1);
    expect(done.out).toContain('4 rows read: 1 imported, 0 known already, 3 left out.');
    expect(done.err.split('\n').map((line) => line.split(':')[0])).toEqual([
      'line 4, 采购项目名称',
      'line 5, 预算金额（万元）',
      'line 5, 预计采购时间',
      'lines 6-7, -',
      '',
    ]);
  });

  it('ask for the unit that a plan does not name', async () => {
    const file = await fileOf(
      '采购单位,采购项目名称,预算金额,预计采购时间\n甲街道办,问单位,100000,2026-07\n',
    );
    const asked = await run('import', 'intentions', file, '--area', '9301');
    expect(asked.err).toContain('unit=wan or unit=yuan. (procurement.import-unit-unsaid)');
    expect([asked.code, asked.out]).toEqual([1, '']);
    const told = await run('import', 'intentions', file, '--area', '9301', '--unit', 'yuan');
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('1 imported') });
  });

  it.each([
    ['a file that is not there', () => ['import', 'areas', join(folder, 'none.csv')], 'ENOENT'],
    ['a folder for a file', () => ['import', 'intentions', folder, '--area', '9301'], 'EISDIR'],
    [
      'a file that is no table',
      async () => ['import', 'areas', await fileOf('1,2\n')],
      'identity.area-file-unreadable',
    ],
    [
      'bytes',
      async () => ['import', 'areas', await fileOf(Buffer.from([0xff, 0, 0xff]))],
      'identity.area-file-unreadable',
    ],
    [
      'a plan without its columns',
      async () => ['import', 'intentions', await fileOf('a,b\n1,2\n'), '--area', '9301'],
      'procurement.import-columns-missing',
    ],
    [
      'an area that is none',
      async () => ['import', 'intentions', await fileOf('a\n'), '--area', "9'; --"],
      'kernel.area-code-malformed',
    ],
    [
      'an area that is not there',
      async () => ['import', 'intentions', await fileOf('a\n'), '--area', '9389'],
      'identity.area-unknown',
    ],
    ['an id that is none', () => ['dead-letters', 'replay', 'x'], 'platform.'],
  ])('say what is wrong with %s, and nothing of their inner life', async (_what, args, reason) => {
    const { code, err } = await run(...(await args()));
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(err).not.toMatch(INNER_LIFE);
  });

  it('negative control: what gives inner life away is recognized', () => {
    expect(new Error('x').stack).toMatch(INNER_LIFE);
    expect('QueryFailedError: invalid byte sequence').toMatch(INNER_LIFE);
  });
});

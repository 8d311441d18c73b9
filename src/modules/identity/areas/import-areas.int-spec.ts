import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { hasSharedData, sharedData } from '../../../../test/support/shared-data.js';
import { SeedDemoAreas } from './seed-demo-areas.js';
import { AreaReads } from './areas.read.js';
import { ImportAreas } from './import-areas.js';
import { ImportShippedAreas } from './import-shipped-areas.js';

const VILLAGES = 'china/villages-zhejiang-33.csv';
const realList = hasSharedData(VILLAGES);

describe('importing areas', () => {
  let test: TestApp;
  let areas: ImportAreas;
  const run = (csv: string | Buffer, source = 'a list of our own') =>
    test.asSystem(() => areas.execute(typeof csv === 'string' ? Buffer.from(csv) : csv, source));
  const codes = async (pattern: string) =>
    (
      await test.sql<{ code: string }>('SELECT code FROM identity.area WHERE code LIKE $1 ORDER BY code', [
        pattern,
      ])
    ).map(({ code }) => code);

  beforeAll(async () => {
    test = await startTestApp({ now: '2026-03-02T09:00:00+08:00' });
    areas = test.get(ImportAreas);
  });
  afterAll(() => test.stop());

  it('reports every bad row with its line and column and keeps the good ones', async () => {
    const done = await run(
      [
        'code,name,validFrom,validTo,successorCode',
        '98,甲省,,,',
        '9801,乙市,,,',
        '980101,丙区,,,',
        '98010,too short a code,,,',
        '980101,the same code again,,,',
        '980102,,,,',
        '980103,丁区,2026-02-30,,',
        '980104,戊区,2021-01-01,2020-01-01,',
        '980199,己区,,2021-01-01,980198',
        '980201,parent is not there,,,',
        '980201001,below a row that is left out,,,',
        '980105,庚区,,2021-04-09,980101',
        '980106,辛区,,,,a cell too many',
      ].join('\n'),
    );
    expect(done.bad).toEqual([
      { line: 5, column: 'code', reason: 'code-malformed' },
      { line: 6, column: 'code', reason: 'code-repeated' },
      { line: 7, column: 'name', reason: 'name-missing' },
      { line: 8, column: 'validFrom', reason: 'date-malformed' },
      { line: 9, column: 'validTo', reason: 'validity-wrong' },
      { line: 10, column: 'successorCode', reason: 'successor-unknown' },
      { line: 11, column: 'code', reason: 'parent-unknown' },
      { line: 12, column: 'code', reason: 'parent-unknown' },
      { line: 14, column: 'name', reason: 'too-many-cells' },
    ]);
    expect(done).toMatchObject({ read: 13, added: 4, changed: 0, unchanged: 0 });
    expect(await codes('98%')).toEqual(['98', '9801', '980101', '980105']);
  });

  it('changes nothing when run again, and only what differs afterwards', async () => {
    const list = 'code,name\n97,甲省\n9701,乙市\n970101,丙区\n';
    await run(list);
    expect(await run(list)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    const renamed = await run('code,name\n970101,丙新区\n970102,丁区\n');
    expect(renamed).toMatchObject({ added: 1, changed: 1, unchanged: 0 });
    // What a later list does not name, and the dates it leaves empty, stay.
    await run('code,name,validTo,successorCode\n970101,丙新区,2026-01-01,970102\n');
    await run(list);
    expect(await test.get(AreaReads).one('970101')).toMatchObject({
      name: '丙区',
      validTo: '2026-01-01',
      successorCode: '970102',
    });
  });

  it('reads what a Chinese spreadsheet program saves', async () => {
    await run(iconv.encode('code,name\n96,示例省份\n', 'gb18030'));
    await run(Buffer.from('\uFEFFcode,name\r\n9601,示例城市\r\n'));
    expect(
      await test.sql('SELECT name FROM identity.area WHERE code LIKE $1 ORDER BY code', ['96%']),
    ).toEqual([{ name: '示例省份' }, { name: '示例城市' }]);
  });

  it('reads quoted cells, and counts the lines inside them', async () => {
    const done = await run(
      'code,name,note\n94,甲省,"a note,\nin two lines"\n940101,丙区,\n9401,"乙""市""",\n',
    );
    expect(done.bad).toEqual([]);
    const again = await run('code,name,note\n94,甲省,"a note,\nin two lines"\n9,bad,\n');
    expect(again.bad).toEqual([{ line: 4, column: 'code', reason: 'code-malformed' }]);
  });

  it('refuses dates that contradict those on record', async () => {
    await run('code,name,validFrom,validTo\n94,甲省,,\n9471,示例乙市,2020-01-01,2021-01-01\n');
    await expect(run('code,name,validFrom\n9471,示例乙市,2022-01-01\n')).rejects.toMatchObject({
      code: 'identity.area-dates-contradict',
    });
  });

  it('refuses what is no such table', async () => {
    await expect(run('编码,名称\n95,甲省\n')).rejects.toMatchObject({
      code: 'identity.area-file-unreadable',
    });
    await expect(run('')).rejects.toMatchObject({ code: 'identity.area-file-unreadable' });
    await expect(run('code,name\n"95,甲省\n')).rejects.toMatchObject({
      code: 'identity.area-file-unreadable',
    });
  });

  it('lets the invented district say that it is invented', async () => {
    const seeded = await test.asSystem(() => test.get(SeedDemoAreas).execute());
    expect(seeded).toMatchObject({ added: 26, bad: [] });
    const all = await test.sql<{ name: string }>("SELECT name FROM identity.area WHERE code LIKE '99%'");
    expect(all.every(({ name }) => name.endsWith('（虚构）'))).toBe(true);
    expect(await test.asSystem(() => test.get(SeedDemoAreas).execute())).toMatchObject({
      added: 0,
      unchanged: 26,
    });
  });

  describe('the list that comes with the product', () => {
    const statements = { count: 0 };
    beforeAll(async () => {
      const stopCounting = countStatements(test, statements);
      const done = await test.asSystem(() => test.get(ImportShippedAreas).execute());
      stopCounting();
      expect(done).toMatchObject({ read: 27_040, added: 27_038, bad: [] });
    });

    it('is complete, and in with a handful of statements', async () => {
      // The time depends on what else the machine does; one statement per row would show here.
      expect(statements.count).toBeLessThan(15);
      const levels = await test.sql(
        `SELECT level, count(*)::int FROM identity.area WHERE code LIKE '33%' AND valid_to IS NULL
         GROUP BY level ORDER BY min(length(code))`,
      );
      expect(levels).toEqual([
        { level: 'province', count: 1 },
        { level: 'city', count: 11 },
        { level: 'county', count: 90 },
        { level: 'street', count: 1387 },
        { level: 'community', count: 25_547 },
      ]);
    });

    it('knows when codes were retired and what took their place', async () => {
      const find = test.get(AreaReads);
      expect(await find.one('330103')).toMatchObject({
        name: '下城区',
        validTo: '2021-04-09',
        successorCode: '330105',
      });
      expect(await find.one('330114')).toMatchObject({
        name: '钱塘区',
        validFrom: '2021-04-09',
        validTo: null,
      });
      await expect(find.mustBeInForce('330103')).rejects.toMatchObject({
        code: 'identity.area-not-in-force',
      });
      await expect(find.mustBeInForce('330119')).rejects.toMatchObject({ code: 'identity.area-unknown' });
      await find.mustBeInForce('330105');
      const shown = await find.list({ parentCode: '3301', limit: 50 });
      expect(shown.items.map(({ code }) => code)).not.toContain('330103');
      expect((await find.list({ parentCode: '3301', includeRetired: true, limit: 50 })).items).toHaveLength(
        shown.items.length + 2,
      );
    });

    it('has the places people ask for', async () => {
      const find = test.get(AreaReads);
      expect((await find.list({ parentCode: '330782001', limit: 200 })).items).toHaveLength(15);
      expect((await find.list({ parentCode: '330203', limit: 200 })).items).toHaveLength(17);
      expect(await codes('330203______')).toHaveLength(280);
      expect((await find.list({ q: '稠城', limit: 10 })).items.map(({ code }) => code)).toContain(
        '330782001',
      );
      expect((await find.above('330782001')).map(({ name }) => name)).toEqual(['义乌市', '金华市', '浙江省']);
    });

    it('pages through a long answer without loss', async () => {
      const find = test.get(AreaReads);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await find.list({ q: '社区', parentCode: '330203', limit: 100, cursor });
        seen.push(...page.items.map(({ code }) => code));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const expected = await test.sql<{ code: string }>(
        "SELECT code FROM identity.area WHERE code LIKE '330203_%' AND name LIKE '%社区%' ORDER BY code",
      );
      expect(seen).toEqual(expected.map(({ code }) => code));
    });

    (realList ? it : it.skip)('agrees row for row with the public list', async () => {
      const rows = parse(await readFile(sharedData(VILLAGES)), { columns: true, bom: true }) as unknown as {
        code: string;
        name: string;
        streetCode: string;
      }[];
      const stored = await test.sql<{ code: string; name: string; parent: string }>(
        "SELECT code, name, parent_code AS parent FROM identity.area WHERE level = 'community' AND code LIKE '33%'",
      );
      const byCode = new Map(stored.map((row) => [row.code, row]));
      const different = rows.filter(({ code, name, streetCode }) => {
        const row = byCode.get(code);
        return row?.name !== name.trim() || row.parent !== streetCode;
      });
      expect(different).toEqual([]);
      expect(stored).toHaveLength(rows.length);
    });
  });
});

function countStatements(test: TestApp, counter: { count: number }): () => void {
  const sql = test.uow.sql.bind(test.uow);
  test.uow.sql = (...args: Parameters<typeof sql>) => {
    counter.count += 1;
    return sql(...args) as never;
  };
  return () => {
    test.uow.sql = sql;
  };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { LAW_TOPICS } from '../../law/topics.js';
import { loadConfig } from '../config/app-config.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { DataChecks } from '../checks/data-check.js';
import { importLaw, lineOf, type LawTopic } from './import-law.js';

const FIGURES = 'code,area_code,valid_from,valid_until,value,unit,source,grade';
const RULES =
  'code,area_code,valid_from,valid_until,zh,en,length,unit,legal_basis,grade,owner_role,consequence';
const rule = (code: string, from: string, until: string, length: number, area = '') =>
  `${code},${area},${from},${until},测试,Test,${length},calendar-day,test,A,approver,test`;

describe('the law that comes with the product', () => {
  let test: TestApp;
  let folder: string;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-06-01T04:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'law-'));
  });
  afterAll(async () => {
    await test.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const brought = (topics: readonly LawTopic[]) =>
    importLaw(loadConfig({ NODE_ENV: 'test', DATABASE_URL: test.database.url }), topics);
  /** The shipped topic with other rows: those of the product are put back by the next test that wants them. */
  const importing = async (name: string, ...lines: string[]) => {
    const topic = LAW_TOPICS.find((one) => one.name === name);
    if (topic === undefined) throw new Error(`There is no topic ${name}`);
    const file = join(folder, `${newId()}.csv`);
    await writeFile(file, `${lines.join('\n')}\n`);
    return brought([{ ...topic, file }]);
  };
  const told = async (changes: ReturnType<typeof importing>) =>
    (await changes).map(lineOf).filter((line) => line.includes('probe'));
  const figures = () =>
    test.sql<{ validity: string; value: string; area: string }>(
      `SELECT validity::text, value::text, area_code AS area FROM platform.figure WHERE code = 'probe-law.days' ORDER BY 1`,
    );

  it('is in every migrated database, and changes nothing when it is imported again', async () => {
    expect(await brought(LAW_TOPICS)).toEqual([]);
    const [counts] = await test.sql(
      `SELECT (SELECT count(*)::int FROM platform.figure WHERE shipped) AS figures,
              (SELECT count(*)::int FROM platform.deadline_rule WHERE shipped) AS rules,
              (SELECT count(*)::int FROM organizations.market_class) AS classes`,
    );
    for (const count of Object.values(counts ?? {})) expect(count).toBeGreaterThan(5);
  });

  it('is told row by row where it differs, with what was and what is', async () => {
    const before = 'probe-law.days,,2020-01-01,,30,day,测试,A';
    expect(await told(importing('figures', FIGURES, before))).toEqual([
      'figures + probe-law.days  2020-01-01',
    ]);
    const amended = [
      'probe-law.days,,2020-01-01,2026-01-01,30,day,测试,A',
      'probe-law.days,,2026-01-01,,20,day,测试,A',
    ];
    expect(await told(importing('figures', FIGURES, ...amended))).toEqual([
      'figures ~ probe-law.days  2020-01-01; validity "[2020-01-01,)" → "[2020-01-01,2026-01-01)"',
      'figures + probe-law.days  2026-01-01',
    ]);
    expect(await figures()).toEqual([
      { validity: '[2020-01-01,2026-01-01)', value: '30', area: '' },
      { validity: '[2026-01-01,)', value: '20', area: '' },
    ]);
    expect(await told(importing('figures', FIGURES, 'x,,2020-01-01,,1,day,测试,A'))).toEqual([
      'figures - probe-law.days  2020-01-01',
      'figures - probe-law.days  2026-01-01',
    ]);
  });

  it('leaves alone what an authority entered, beside its rows and in their place', async () => {
    const own = (area: string, value: number) =>
      test.sql(
        `INSERT INTO platform.figure (code, area_code, validity, value, unit, source, grade)
         VALUES ('probe-law.days', $1, '[2025-01-01,)', $2, 'day', '测试', 'demo')`,
        [area, value],
      );
    await own('9999', 7);
    await own('', 8);
    const shipped = 'probe-law.days,,2020-01-01,,30,day,测试,A';
    expect(await told(importing('figures', FIGURES, shipped))).toEqual([
      'figures left to the row that an authority entered: probe-law.days  2020-01-01',
    ]);
    expect(await told(importing('figures', FIGURES, 'x,,2020-01-01,,1,day,测试,A'))).toEqual([]);
    expect((await figures()).map(({ value }) => value).sort()).toEqual(['7', '8']);
  });

  it('keeps a clock’s rule when the law changes, and takes the new one for clocks of later days', async () => {
    const [deadlines, code] = [test.get(Deadlines), 'probe-law.clock'];
    const start = (event: string, areaCode = '9999') => {
      const subject = { type: 'probe', id: newId(), areaCode };
      return test.asSystem(() => test.uow.run(() => deadlines.start(code, subject, new Date(event))));
    };
    await importing('deadline-rules', RULES, rule(code, '2020-01-01', '', 10));
    expect(await start('2025-12-31T04:00:00Z')).toEqual(new Date('2026-01-10T15:59:59.999Z'));
    await importing(
      'deadline-rules',
      RULES,
      rule(code, '2020-01-01', '2026-01-01', 10),
      rule(code, '2026-01-01', '', 3),
    );
    // The last evening of the old law in China, and the first minute of the new one.
    expect(await start('2025-12-31T15:59:00Z')).toEqual(new Date('2026-01-10T15:59:59.999Z'));
    expect(await start('2025-12-31T16:00:00Z')).toEqual(new Date('2026-01-04T15:59:59.999Z'));
    await expect(start('2019-12-31T04:00:00Z')).rejects.toThrow('No deadline rule is called');

    expect(await told(importing('deadline-rules', RULES, rule('x', '2020-01-01', '', 1)))).toEqual([
      'deadline-rules kept, because something was decided by it: probe-law.clock  2020-01-01',
      'deadline-rules kept, because something was decided by it: probe-law.clock  2026-01-01',
    ]);
  });

  it('is judged by the rule of the nearest area, which a check does not let be laxer', async () => {
    const code = 'probe-law.area';
    await importing('deadline-rules', RULES, rule(code, '2020-01-01', '', 10));
    const own = (area: string, length: number) =>
      test.sql(
        `INSERT INTO platform.deadline_rule (code, area_code, zh, en, length, unit, legal_basis, grade, owner_role, consequence)
         VALUES ($1, $2, '测试', 'Test', $3, 'calendar-day', 'test', 'demo', 'approver', 'test')`,
        [code, area, length],
      );
    await own('9999', 4);
    const due = (area: string) => test.get(Deadlines).compute(code, new Date('2026-06-01T04:00:00Z'), area);
    expect(await due('999901')).toEqual(new Date('2026-06-05T15:59:59.999Z'));
    expect(await due('330106')).toEqual(new Date('2026-06-11T15:59:59.999Z'));
    const laxer = async () =>
      (await test.get(DataChecks).runAll()).find(
        ({ name }) => name === 'platform.area-deadlines-are-no-laxer',
      )?.offending;
    expect(await laxer()).toEqual([]);
    await own('8888', 11);
    expect(await laxer()).toMatchObject([{ code, areaCode: '8888', length: 11, countryLength: 10 }]);
  });

  it('is refused as a whole where a file does not fit, and says where', async () => {
    const before = await figures();
    const twice = 'probe-law.twice,,2020-01-01,,30,day,测试,A';
    await expect(importing('figures', FIGURES, twice, twice)).rejects.toThrow(
      'figures: two rows are probe-law.twice  2020-01-01',
    );
    await expect(
      importing('figures', FIGURES, 'probe-law.days,7777,2020-01-01,,thirty,day,测试,A'),
    ).rejects.toThrow('invalid input syntax for type numeric');
    expect(await figures()).toEqual(before);
  });
});

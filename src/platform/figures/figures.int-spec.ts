import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Figures } from './figures.js';

describe('figures', () => {
  let test: TestApp;
  let figures: Figures;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-11-23T08:00:00Z' });
    figures = test.get(Figures);
    for (const [area, validity, value] of [
      ['', '[2020-01-01,2026-01-01)', 1],
      ['', '[2026-01-01,)', 2],
      ['9999', '[2026-06-01,2026-07-01)', 3],
      ['999901', '[2026-01-01,)', 4.25],
    ] as const) {
      await enter('probe.days', area, validity, value);
    }
  });
  afterAll(() => test.stop());

  const enter = (code: string, area: string, validity: string, value: number) =>
    test.sql(
      `INSERT INTO platform.figure (code, area_code, validity, value, unit, source, grade)
       VALUES ($1, $2, $3, $4, 'test', 'made up for a test', 'demo')`,
      [code, area, validity, value],
    );

  it.each([
    ['999901001', '2026-06-15', 4.25, 'the district for its streets'],
    ['999902', '2026-06-15', 3, 'the city while its figure is valid'],
    ['999902', '2026-07-01', 2, 'the country from the first day on which the city has none'],
    ['999902', '2026-05-31', 2, 'the country until the day before'],
    ['11', '2025-12-31', 1, 'the country as it was then'],
    ['99990', '2026-06-15', 3, 'an area is not below one whose code is longer'],
  ])('for %s on %s: %d, of %s', async (area, on, value) => {
    expect(await figures.number('probe.days', area, on)).toBe(value);
  });

  it('are those of today in China when no day is named', async () => {
    await enter('probe.today', '', '[2026-11-23,2026-11-24)', 7);
    expect(await figures.number('probe.today', '999901')).toBe(7);
    test.clock?.set('2026-11-23T16:00:00Z');
    await expect(figures.number('probe.today', '999901')).rejects.toMatchObject({ code: 'figures.not-set' });
    test.clock?.set('2026-11-23T08:00:00Z');
  });

  it('that nobody has entered are an error that says which, never a default', async () => {
    for (const [code, area, on] of [
      ['probe.unknown', '999901', '2026-06-15'],
      ['probe.days', '999901', '2019-12-31'],
    ] as const) {
      await expect(figures.number(code, area, on)).rejects.toMatchObject({
        code: 'figures.not-set',
        kind: 'unprocessable',
        details: { code },
      });
    }
  });

  it('cannot be two at a time for one area', async () => {
    await expect(enter('probe.days', '999901', '[2026-12-31,2027-02-01)', 5)).rejects.toMatchObject({
      constraint: 'figure_one_at_a_time',
    });
  });
});

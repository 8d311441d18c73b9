import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addCalendarDays, chinaDate } from '#libs/kernel';
import { Deadlines, Figures } from '#platform';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { METHOD_RULES } from '../domain/method.js';

/**
 * The figures as the law has them, read from the rules page and not from the migration: a number that was changed
 * there, on purpose or by a slip, differs from here. Whoever changes one changes both, with the source at hand.
 */
const FIGURES = [
  // 财库〔2020〕10号: an intention is public at least 30 days before the purchase begins.
  ['procurement.intention-lead-days', 30, 'calendar-day', '2020-03-02'],
  // 财库〔2021〕22号 第十一条: a survey asks at least three market subjects.
  ['procurement.need-survey-min-respondents', 3, 'market subject', '2021-07-01'],
  // 财库〔2014〕214号 第十条, 第六条: ten days from the file to the first response; three suppliers.
  ['procurement.consultation-min-days', 10, 'calendar-day', '2014-12-31'],
  ['procurement.consultation-min-bids', 3, 'bid', '2014-12-31'],
  // 财库〔2015〕124号: two are enough once the consultation is under way.
  ['procurement.consultation-min-bids-during', 2, 'bid', '2015-06-30'],
  // 政府采购法 第三十五条, 第三十六条: twenty days; fewer than three, and the tender fails.
  ['procurement.open-tender-min-days', 20, 'calendar-day', '2003-01-01'],
  ['procurement.open-tender-min-bids', 3, 'bid', '2003-01-01'],
  ['procurement.open-tender-min-bids-during', 3, 'bid', '2003-01-01'],
] as const;

const CLOCKS = [
  // 政府采购法实施条例 第四十三条
  ['procurement.report-to-buyer', 2],
  ['procurement.fix-winner', 5],
  ['procurement.publish-result', 2],
  // 财政部令第87号 第六十九条
  ['procurement.result-notice-period', 1],
  // 政府采购法实施条例 第五十二条
  ['procurement.answer-inquiry', 3],
  // 政府采购法 第五十二条, 第五十三条
  ['procurement.challenge-result', 7],
  ['procurement.answer-challenge', 7],
  // 政府采购法 第五十五条, 第五十六条
  ['procurement.file-complaint', 15],
  ['procurement.decide-complaint', 30],
] as const;

describe('the figures and clocks that the law sets for procurement', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  it('are these numbers, in these units, from these days on, for the whole country', async () => {
    const rows = await test.sql<{
      code: string;
      area: string;
      value: string;
      unit: string;
      validity: string;
    }>(
      `SELECT code, area_code AS area, value::text, unit, validity::text FROM platform.figure
       WHERE starts_with(code, 'procurement.') ORDER BY code`,
    );
    expect(rows).toEqual(
      [...FIGURES]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, value, unit, since]) => ({
          code,
          area: '',
          value: String(value),
          unit,
          validity: `[${since},)`,
        })),
    );
  });

  it('are reached by the day they hold on, and not a day earlier', async () => {
    for (const [code, value, , since] of FIGURES) {
      expect(await test.get(Figures).number(code, '999901', since)).toBe(value);
      await expect(
        test.get(Figures).number(code, '999901', addCalendarDays(since, -1)),
      ).rejects.toMatchObject({ code: 'figures.not-set' });
    }
  });

  it('leave the threshold of the public tender to the finance bureau', async () => {
    await expect(
      test.get(Figures).number('procurement.public-tender-threshold-fen', '999901'),
    ).rejects.toMatchObject({ code: 'figures.not-set' });
  });

  it('belong to the method that asks for them', async () => {
    const numbers = async (method: keyof typeof METHOD_RULES) => {
      const { minDays, minBids, minBidsDuring } = METHOD_RULES[method];
      return Promise.all(
        [minDays, minBids, minBidsDuring].map((code) => test.get(Figures).number(code, '999901')),
      );
    };
    expect(await numbers('competitive-consultation')).toEqual([10, 3, 2]);
    expect(await numbers('open-tender')).toEqual([20, 3, 3]);
  });

  it('give each clock its number of working days', async () => {
    const rows = await test.sql(
      `SELECT code, length, unit FROM platform.deadline_rule WHERE starts_with(code, 'procurement.') ORDER BY code`,
    );
    expect(rows).toEqual(
      [...CLOCKS]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, length]) => ({ code, length, unit: 'working-day' })),
    );
  });

  it('let a result of a Friday be challenged until the end of the Tuesday after the next week', async () => {
    // 2026-03-06 is a Friday without a holiday near it: seven working days later is Tuesday, 17 March.
    const due = await test.uow.run(() =>
      test.get(Deadlines).compute('procurement.challenge-result', new Date('2026-03-06T10:00:00+08:00')),
    );
    expect(due && chinaDate(due)).toBe('2026-03-17');
  });
});

import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { METHOD_RULES, mustBeLawfulMethod, suggestMethod } from './method-rules.js';

const thresholds = { publicTender: Money.parseWan('400') };

describe('choosing a method', () => {
  it('suggests consultation below the public-tender threshold and public tender from there on', () => {
    expect(suggestMethod(Money.parseWan('399.99'), thresholds)).toBe('competitive-consultation');
    expect(suggestMethod(Money.parseWan('400'), thresholds)).toBe('open-tender');
  });

  it.each([
    ['competitive-consultation', '399.99', null, undefined],
    ['competitive-consultation', '400', null, 'procurement.method-needs-approval'],
    ['competitive-consultation', '400', '财采批〔2026〕1号', undefined],
    ['open-tender', '1', null, undefined],
    ['single-source', '1', null, 'procurement.method-not-supported'],
  ] as const)('%s for %s 万元 with the approval %s: %s', (method, wan, approval, code) => {
    const choose = () => {
      mustBeLawfulMethod(method, Money.parseWan(wan), thresholds, approval);
    };
    if (code === undefined) expect(choose).not.toThrow();
    else expect(choose).toThrow(expect.objectContaining({ code }));
  });

  it('scores and seats each method by its own rules, with figures of its own', () => {
    // 财政部令第87号 for tenders, 财库〔2014〕214号 for consultations.
    expect(METHOD_RULES['open-tender']).toMatchObject({ scoring: 'tender-scoring', committee: 'tender' });
    expect(METHOD_RULES['competitive-consultation']).toMatchObject({
      scoring: 'consultation-scoring',
      committee: 'consultation',
    });
    const figures = Object.values(METHOD_RULES).flatMap(({ minDays, minBids, minBidsDuring }) => [
      minDays,
      minBids,
      minBidsDuring,
    ]);
    expect(new Set(figures).size).toBe(figures.length);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { Tender } from '../tendering/tender.entity.js';
import { isLawfulSize, leastCommittee } from './committee.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const tender = (method: Tender['method'], wan: string) =>
  Object.assign(new Tender(), { method, ceiling: Money.parseWan(wan), publishedAt: NOW });

describe('the size of a committee', () => {
  // 财库〔2014〕214号 第十四条; 财政部令第87号 第四十七条
  it.each([
    ['competitive-consultation', '1', 3],
    ['competitive-consultation', '1000', 3],
    ['open-tender', '1', 5],
    ['open-tender', '999.99', 5],
    ['open-tender', '1000', 7],
  ] as const)('%s over %s 万元: at least %d', (method, wan, least) => {
    expect(leastCommittee(tender(method, wan), NOW)).toBe(least);
  });

  it('is odd and not below the least', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].filter((size) => isLawfulSize(size, 3))).toEqual([3, 5, 7]);
    expect([3, 4, 5, 6, 7, 8, 9].filter((size) => isLawfulSize(size, 5))).toEqual([5, 7, 9]);
  });
});

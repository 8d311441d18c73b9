import { describe, expect, it } from '@jest/globals';
import type { Criterion } from '#libs/evaluation';
import { Money } from '#libs/kernel';
import { examineCriteria, mustBePublishable, priceRuleFor, type StoredPriceRule } from './criteria-rules.js';

const ON = '2026-03-02';
const criterion = (max: string, indicator = '每覆盖一项采购需求得八分'): Criterion => ({
  id: 'plan',
  name: { 'zh-CN': '服务方案' },
  max,
  bands: [{ from: '0', to: max, indicator }],
  evidence: 'service-plan',
});
const file = (changes: {
  priceRule?: StoredPriceRule;
  criteria?: readonly Criterion[];
  qualifications?: readonly string[];
}) => ({
  priceRule: { kind: 'lowest-qualified-offer' as const, weight: '20' },
  criteria: [criterion('80')],
  qualifications: ['具有独立承担民事责任的能力'],
  ceiling: Money.fen(20_000_000),
  ...changes,
});
const publishing = (changes: Parameters<typeof file>[0]) => () => {
  mustBePublishable(examineCriteria(file(changes), ON));
};
const unlawful = expect.objectContaining({ code: 'procurement.criteria-unlawful' });

describe('what the law says of a file before it is published', () => {
  it('is nothing against a lawful one', () => {
    expect(publishing({})).not.toThrow();
    expect(publishing({ priceRule: { kind: 'fixed' }, criteria: [criterion('100')] })).not.toThrow();
  });

  it('stops a weight outside the range, though nothing discriminates', () => {
    for (const [weight, max] of [
      ['9', '91'],
      ['31', '69'],
    ] as const) {
      const changes = {
        priceRule: { kind: 'lowest-qualified-offer' as const, weight },
        criteria: [criterion(max)],
      };
      expect(
        examineCriteria(file(changes), ON).findings.filter(({ severity }) => severity === 'forbidden'),
      ).toEqual([]);
      expect(publishing(changes)).toThrow(unlawful);
    }
  });

  it('stops a score for where somebody is registered, though all numbers are right', () => {
    const changes = { criteria: [criterion('80', '本市注册的机构得满分')] };
    expect(examineCriteria(file(changes), ON).problems).toEqual([]);
    expect(publishing(changes)).toThrow(unlawful);
  });

  it('stops the same where it hides among the requirements', () => {
    const changes = { qualifications: ['具有独立承担民事责任的能力', '在本市注册的机构'] };
    const { problems, findings, publishable } = examineCriteria(file(changes), ON);
    expect([problems, publishable]).toEqual([[], false]);
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'forbidden', path: 'qualifications[1]' }),
    );
    expect(publishing(changes)).toThrow(unlawful);
  });

  it('tells with the refusal how many places there are and each of them', () => {
    const changes = {
      criteria: [criterion('80', '本市注册的机构得满分')],
      priceRule: { kind: 'lowest-qualified-offer' as const, weight: '5' },
    };
    const { problems, findings } = examineCriteria(file(changes), ON);
    const forbidden = findings.filter(({ severity }) => severity === 'forbidden');
    expect(publishing(changes)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ count: problems.length + forbidden.length }),
      }),
    );
  });

  it('takes the ceiling for the fixed price', () => {
    expect(priceRuleFor({ kind: 'fixed' }, Money.fen(20_000_000))).toEqual({
      kind: 'fixed',
      priceFen: 20_000_000n,
    });
  });
});

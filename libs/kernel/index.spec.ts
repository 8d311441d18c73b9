import { expect, it } from '@jest/globals';
import {
  ManualClock,
  Money,
  defineErrors,
  dueAt,
  officialCalendar,
  parseCreditCode,
  errorCatalogue,
  renderError,
  type DeadlineRule,
} from '#libs/kernel';

it('does through the front door what the README shows', () => {
  const errors = defineErrors('allotments', {
    overspent: {
      kind: 'conflict',
      zh: '预算项 {lineId} 余额不足，尚缺 {missingFen:yuan}',
      en: 'Budget line {lineId} is short of {missingFen:yuan}',
    },
  });

  const publishContract: DeadlineRule = {
    code: 'publish-contract',
    zh: '公告合同',
    en: 'Publish the contract',
    event: 'contracts.signed',
    length: 2,
    unit: 'working-day',
    direction: 'after',
    legalBasis: 'GPLR 50',
    sourceGrade: 'A',
    ownerRole: 'buyer',
    consequence: 'listed to the district supervisor',
  };

  const price = Money.parseWan('11.200000');
  expect(price.format()).toBe('¥112,000.00');
  expect(price.allocate([30, 30, 40]).map(String)).toEqual(['¥33,600.00', '¥33,600.00', '¥44,800.00']);
  expect(price.percent(1000, 'down').toFen()).toBe(1_120_000);

  const error = errors.overspent({ lineId: 'L-7', missingFen: price.toFen() });
  expect(error.code).toBe('allotments.overspent');
  expect(renderError(error, 'zh-CN')).toBe('预算项 L-7 余额不足，尚缺 ¥112,000.00');

  const clock = new ManualClock('2026-09-30T10:00:00+08:00');
  expect(dueAt(publishContract, clock.now(), officialCalendar).toISOString()).toBe(
    '2026-10-09T15:59:59.999Z',
  );

  expect(parseCreditCode('52330106MJ000000XE').kind).toBe('private-non-enterprise');
});

it('publishes every refusal of the kernel under its own prefix, in both languages', () => {
  const codes = [...errorCatalogue().keys()].filter((code) => code !== 'allotments.overspent');
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) expect(code).toMatch(/^(kernel|state)\.[a-z]+(-[a-z]+)*$/);
  for (const { zh } of errorCatalogue().values()) expect(zh).toMatch(/\p{Script=Han}/u);
});

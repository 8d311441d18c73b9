import { expect, it } from '@jest/globals';
import * as k from '#libs/kernel';
it('answers one known question per part of the kernel', () => {
  expect(k.Money.parseWan('11.200000').format()).toBe('¥112,000.00');
  expect(k.parseCreditCode('52330106MJ000000XE').kind).toBe('private-non-enterprise');
  expect(k.isCreditCode('51330106MJ000000XH')).toBe(true);
  expect(k.isCreditCode('53330000MJ000000XF')).toBe(true);
  expect(k.isCreditCode('91350100M000100Y43')).toBe(true);
  expect(k.isCitizenId('11010519491231002X')).toBe(true);
  expect(k.officialCalendar.addWorkingDays('2026-09-30', 1)).toBe('2026-10-08');
  expect(() => k.officialCalendar.addWorkingDays('2026-12-31', 1)).toThrow('2027');
  expect(k.unpadAreaCode('330105000000')).toBe('330105');
  expect(k.isUuid(k.newId())).toBe(true);
});

import { describe, expect, it } from '@jest/globals';
import { mayGrant } from './grant-rules.js';

describe('who may grant a role in an area', () => {
  it('lets a platform operator grant any role in the own area and below', () => {
    const operator = [{ role: 'platform-operator', areaCode: '999901' }] as const;
    expect(mayGrant(operator, 'finance', '999901')).toBe(true);
    expect(mayGrant(operator, 'platform-operator', '999901001')).toBe(true);
  });

  it('lets nobody grant above or beside the own area', () => {
    const operator = [{ role: 'platform-operator', areaCode: '999901' }] as const;
    expect(mayGrant(operator, 'finance', '9999')).toBe(false);
    expect(mayGrant(operator, 'finance', '999902')).toBe(false);
  });

  it('lets a holder pass the same role down, but not to an equal and not another role', () => {
    const officer = [{ role: 'civil-affairs', areaCode: '999901' }] as const;
    expect(mayGrant(officer, 'civil-affairs', '999901001')).toBe(true);
    expect(mayGrant(officer, 'civil-affairs', '999901')).toBe(false);
    expect(mayGrant(officer, 'finance', '999901001')).toBe(false);
  });

  it('gives people of an organization no say over areas', () => {
    const admin = [
      { role: 'organization-admin', organizationId: '0198c0de-0000-7000-8000-000000000001' },
    ] as const;
    expect(mayGrant(admin, 'organization-admin', '999901')).toBe(false);
    expect(mayGrant([], 'auditor', '999901')).toBe(false);
  });
});

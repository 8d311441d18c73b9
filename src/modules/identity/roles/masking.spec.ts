import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskEmail, maskLogin, maskPhone } from './masking.js';

describe('personal data shown to others', () => {
  it('keeps a hint and hides the rest', () => {
    expect(maskLogin('example.person')).toBe('ex****');
    expect(maskLogin('abc')).toBe('a****');
    expect(maskEmail('someone@example.org')).toBe('s****@example.org');
    expect(maskEmail('not an address')).toBe('****');
    expect(maskPhone('13800138000')).toBe('138****8000');
    expect([maskEmail(null), maskPhone(null)]).toEqual([null, null]);
  });

  it('never shows a login or the local part of an address', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{4,20}$/), (name) => {
        expect(maskLogin(name)).not.toContain(name);
        expect(maskEmail(`${name}@example.org`)).not.toContain(name);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { normalizeIdentifier, isCreditCode, isCitizenId } from './identifiers.js';

describe('normalizeIdentifier', () => {
  it('turns what people type into the one spelling that is checked', () => {
    expect(normalizeIdentifier(' 52330106-mj000000xe ')).toBe('52330106MJ000000XE');
    expect(normalizeIdentifier('１１０１０５ 19491231 002ｘ')).toBe('11010519491231002X');
  });

  it('is needed: the parsers take only the canonical spelling', () => {
    expect(isCreditCode('52330106mj000000xe')).toBe(false);
    expect(isCreditCode(normalizeIdentifier('52330106mj000000xe'))).toBe(true);
    expect(isCitizenId('11010519491231002x')).toBe(false);
    expect(isCitizenId(normalizeIdentifier('11010519491231002x'))).toBe(true);
  });
});

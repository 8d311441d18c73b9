import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { keepableDetails } from './keepable-details.js';

describe('what is kept of the details of a refusal', () => {
  it.each([
    ['figures and marks', { minutes: 120, done: false, none: null, overFen: -5 }],
    ['ids and dates', { id: newId(), on: '2026-11-28', at: '2026-11-28T08:00:00.000Z' }],
    ['names of the product’s own', { code: 'platform.not-found', column: 'budget', kind: 'community-group' }],
    ['states in words', { is: { zh: '已取消', en: 'called off' } }],
    ['lists of these', { years: [2026, 2027], missing: ['start', 'end'] }],
  ])('%s are', (_what, details) => {
    expect(keepableDetails(details)).toEqual(details);
  });

  it.each([
    ['a name', '王小明'],
    ['a name in letters', 'Wang Xiaoming'],
    ['a phone number', '13812345678'],
    ['an identity number', '110101199003074477'],
    ['an e-mail address', 'somebody@test.invalid'],
    ['an address', '幸福路1号'],
    ['a token', 'Zq3xX0aB-1'],
    ['an object', { name: '王小明' }],
    ['characters that the database cannot keep', 'a\u0000b'],
  ])('%s is not, alone or in a list', (_what, typed) => {
    expect(keepableDetails({ typed, among: [1, typed] })).toEqual({ typed: '…', among: [1, '…'] });
  });

  it('too many entries are cut, and what is still too long is left out as a whole', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`n${at}`, at]));
    expect(Object.keys(keepableDetails(many) ?? {})).toHaveLength(20);
    expect(keepableDetails({ list: Array.from({ length: 30 }, (_, at) => at) })).toEqual({
      list: Array.from({ length: 20 }, (_, at) => at),
    });
    const words = { zh: '字'.repeat(200), en: 'w'.repeat(200) };
    expect(keepableDetails({ a: words })).toEqual({ a: words });
    expect(keepableDetails({ a: Array.from({ length: 20 }, () => words) })).toBeUndefined();
    expect(keepableDetails(undefined)).toBeUndefined();
  });
});

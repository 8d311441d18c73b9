import { describe, expect, it } from '@jest/globals';
import { refusalWords, UNSPECIFIED } from './refusal-reasons.js';

describe('the reason of a refusal', () => {
  it.each(['payee-account-refused', UNSPECIFIED])('"%s" is told in words and not by its code', (code) => {
    const { zh, en } = refusalWords(code);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect([zh, en].filter((words) => words.includes(code))).toEqual([]);
  });

  it('that only the treasury knows is told by the code that one can ask it about', () => {
    expect(refusalWords('E-417').zh).toContain('E-417');
    expect(refusalWords('E-417').en).toContain('E-417');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countMembers, repeatedNames } from './repeated-names.js';

describe('repeated names', () => {
  it('are found at any depth, in lists, behind escapes, and each once', () => {
    expect(
      repeatedNames('{"a": 1, "b": [{"c": "a", "c": {"x\\"": 1, "x\\u0022": 2}}, {"c": 3}], "a": 2, "a": 3}'),
    ).toEqual(['/b/0/c', '/b/0/c/x"', '/a']);
    expect(repeatedNames('[[{}, {"a/b": 1, "a/b": 2}]]')).toEqual(['/0/1/a~1b']);
  });

  it('are none in what JSON.stringify writes, whose members are counted as they stand', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(repeatedNames(text)).toEqual([]);
        const written = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
        expect(countMembers(JSON.parse(text))).toBe(written);
      }),
    );
  });

  it('are named twenty at most, however many there are', () => {
    const many = Array.from({ length: 100 }, (_, n) => `"${n}": 1, "${n}": 2`).join(', ');
    expect(repeatedNames(`{${many}}`)).toHaveLength(20);
  });
});

import { describe, expect, it } from '@jest/globals';
import { dropNulls, shapeFault } from './request-shape.js';

const nested = (levels: number, leaf: unknown): unknown => {
  let value = leaf;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
};

describe('the shape of a request', () => {
  it('lets ordinary bodies through, Chinese, emoji and line ends included', () => {
    expect(
      shapeFault({ title: '独居老人探访 🙂\n第二行', list: [{ a: 1 }, { a: null }], on: true }),
    ).toBeUndefined();
    expect(shapeFault(undefined)).toBeUndefined();
    expect(shapeFault(nested(12, 'x'))).toBeUndefined();
  });

  it('names the field whose text Postgres could not keep', () => {
    expect(shapeFault({ a: [{ 'b/c': 'x\u0000' }] })).toMatchObject({
      pointer: '/a/0/b~1c',
      code: 'isKeepableText',
    });
    expect(shapeFault({ a: '\ud83d' })).toMatchObject({ pointer: '/a', code: 'isKeepableText' });
    expect(shapeFault({ 'na\u0000me': 1 })).toMatchObject({ code: 'isKeepableText' });
    for (const control of ['\u0007', '\u001b[31m', '\u007f', '\u0085'])
      expect(shapeFault({ list: ['x', `a${control}`] })).toMatchObject({
        pointer: '/list/1',
        code: 'isKeepableText',
      });
    expect(shapeFault({ text: 'a\tb\r\nc' })).toBeUndefined();
  });

  it('repeats a name without what cannot be kept, and not half a character of it', () => {
    expect(shapeFault({ ['a\u0000']: [[]] })?.code).toBe('isKeepableText');
    expect(shapeFault({ ['a\u001b']: { b: '\u0000' } })?.pointer).toMatch(/^[^\p{Cc}]*$/u);
    const fault = shapeFault({ ['𠮷'.repeat(5_000)]: [[]] });
    expect(fault?.pointer).toBe(`/${'𠮷'.repeat(199)}`);
  });

  it('refuses lists in lists, endless nesting and endless fields', () => {
    expect(shapeFault({ bids: [[]] })).toMatchObject({ pointer: '/bids/0', code: 'listInList' });
    expect(shapeFault(nested(13, 'x'))).toMatchObject({ code: 'tooDeep' });
    const wide = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`k${index}`, 1]));
    expect(shapeFault({ a: wide })).toMatchObject({ pointer: '/a', code: 'tooManyNames' });
    expect(shapeFault({ a: Array.from({ length: 50_001 }, () => 1) })).toMatchObject({
      code: 'arrayMaxSize',
    });
    expect(shapeFault(Array.from({ length: 30_000 }, () => ({ a: 1 })))).toMatchObject({
      code: 'tooManyValues',
    });
  });

  it('lets through what is just at its limits', () => {
    const names = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    expect(shapeFault(names(200))).toBeUndefined();
    expect(shapeFault(names(201))).toMatchObject({ code: 'tooManyNames' });
    const entries = (count: number) => Array.from({ length: count }, () => 1);
    expect(shapeFault(entries(49_999))).toBeUndefined();
    // The list itself is a value, too.
    expect(shapeFault(entries(50_000))).toMatchObject({ code: 'tooManyValues' });
  });

  it('repeats of a name that is sent to us two hundred characters at most', () => {
    const fault = shapeFault({ ['n'.repeat(5_000)]: [[]] });
    expect(fault?.pointer).toBe(`/${'n'.repeat(199)}`);
    expect(shapeFault({ ['~/']: [[]] })?.pointer).toBe('/~0~1/0');
  });

  it('walks a body of the greatest size and depth without running out of stack', () => {
    expect(shapeFault(nested(100_000, 'x'))).toMatchObject({ code: 'tooDeep' });
  });

  it('takes null for nothing', () => {
    const body = { a: null, b: { c: null, d: 0 }, e: [{ f: null }, null], g: '' };
    dropNulls(body);
    expect(body).toEqual({ b: { d: 0 }, e: [{}, null], g: '' });
    dropNulls(undefined);
  });
});

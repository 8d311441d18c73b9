import { describe, expect, it } from '@jest/globals';
import { defineErrors, DomainError, errorCatalogue, renderError } from './domain-error.js';

const errors = defineErrors('orchard', {
  basketOverfull: {
    kind: 'conflict',
    zh: '篮子 {basketId} 只能再放 {left} 个',
    en: 'Basket {basketId} takes only {left} more',
  },
  tooDear: { kind: 'unprocessable', zh: '超出 {overFen:yuan}', en: 'Over by {overFen:yuan}' },
  gateShut: { kind: 'forbidden', zh: '园门已关', en: 'The gate is shut' },
});

describe('defineErrors', () => {
  it('builds a factory per entry with a kebab-case code', () => {
    const error = errors.basketOverfull({ basketId: 'b-1', left: 2 });
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      kind: 'conflict',
      code: 'orchard.basket-overfull',
      details: { basketId: 'b-1', left: 2 },
      message: 'Basket b-1 takes only 2 more',
    });
  });

  it('makes a missing detail a type error, and asks none where the text uses none', () => {
    // @ts-expect-error the text names {left}
    errors.basketOverfull({ basketId: 'b-1' });
    // @ts-expect-error the text names two details
    errors.basketOverfull();
    expect(errors.gateShut().details).toBeUndefined();
    expect(errors.gateShut({ hour: 18 }).details).toEqual({ hour: 18 });
  });

  it('keeps the cause for the logs', () => {
    const cause = new Error('lock timeout');
    expect(errors.gateShut(undefined, { cause }).cause).toBe(cause);
  });

  it('registers every definition in the catalogue of the process', () => {
    expect(errorCatalogue().get('orchard.gate-shut')).toEqual({
      kind: 'forbidden',
      zh: '园门已关',
      en: 'The gate is shut',
    });
  });

  it('refuses a code that is taken and leaves the first definition alone', () => {
    const again = () =>
      defineErrors('orchard', {
        newOne: { kind: 'invalid', zh: '新', en: 'New' },
        gateShut: { kind: 'invalid', zh: '别的', en: 'Other' },
      });
    expect(again).toThrow("'orchard.gate-shut' is already defined");
    expect(errorCatalogue().get('orchard.gate-shut')?.kind).toBe('forbidden');
    expect(errorCatalogue().has('orchard.new-one')).toBe(false);
  });

  it('refuses an entry that says another code than it has', () => {
    const entry = { kind: 'invalid', zh: '甲', en: 'A' } as const;
    expect(() =>
      defineErrors('orchard', { wellSaid: { code: 'orchard.well-said', ...entry } }),
    ).not.toThrow();
    for (const code of ['orchard.ill-said-2', 'orchard.illSaid', 'grove.ill-said', 'ill-said', ''])
      expect(() => defineErrors('orchard', { illSaid: { code, ...entry } })).toThrow("'orchard.ill-said'");
    expect(errorCatalogue().has('orchard.ill-said')).toBe(false);
  });

  it.each([
    ['Orchard', 'fine', '甲', 'a', 'module name'],
    ['orchard', 'Not-fine', '甲', 'a', 'camelCase'],
    ['orchard', 'emptyText', ' ', 'a', 'empty text'],
    ['orchard', 'twoNames', '{a}', '{b}', 'different placeholders'],
    ['orchard', 'openBrace', '{a', '{a', 'malformed placeholder'],
    ['orchard', 'badFormat', '{a:date}', '{a:date}', 'malformed placeholder'],
  ])('refuses %s.%s with the texts %j and %j', (module, name, zh, en, problem) => {
    expect(() => defineErrors(module, { [name]: { kind: 'invalid', zh, en } })).toThrow(problem);
  });
});

describe('renderError', () => {
  it('fills the template of the language asked for', () => {
    const error = errors.basketOverfull({ basketId: 'b-1', left: 2 });
    expect(renderError(error, 'zh-CN')).toBe('篮子 b-1 只能再放 2 个');
    expect(renderError(error.code, { basketId: 'x', left: 0 }, 'en')).toBe('Basket x takes only 0 more');
  });

  it('prints fen as money, and anything that is not whole fen as it is', () => {
    expect(renderError(errors.tooDear({ overFen: 1_205_000 }), 'zh-CN')).toBe('超出 ¥12,050.00');
    expect(renderError('orchard.too-dear', { overFen: 0.5 }, 'en')).toBe('Over by 0.5');
  });

  it('never fails itself: unknown codes and missing details stay readable', () => {
    expect(renderError('nowhere.known', undefined, 'zh-CN')).toBe('nowhere.known');
    expect(new DomainError('invalid', 'nowhere.known').message).toBe('nowhere.known');
    expect(renderError('orchard.basket-overfull', { left: null }, 'en')).toBe(
      'Basket {basketId} takes only null more',
    );
    expect(renderError('orchard.basket-overfull', undefined, 'en')).toContain('{basketId}');
  });

  it('takes details literally: no replacement patterns, no nesting, no inherited properties', () => {
    const text = (basketId: string) => renderError('orchard.basket-overfull', { basketId, left: 1 }, 'en');
    expect(text('$&$1')).toBe('Basket $&$1 takes only 1 more');
    expect(text('{left}')).toBe('Basket {left} takes only 1 more');
    defineErrors('orchard-proto', { own: { kind: 'invalid', zh: '{constructor}', en: '{constructor}' } });
    expect(renderError('orchard-proto.own', {}, 'en')).toBe('{constructor}');
  });
});

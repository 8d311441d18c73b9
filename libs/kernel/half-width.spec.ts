import { describe, expect, it } from '@jest/globals';
import { hasStandIns, toHalfWidth, toLowerAscii, toUpperAscii } from './half-width.js';
import { normalizeIdentifier } from './identifiers.js';
import { parseMobileNumber } from './mobile-number.js';

describe('half-width', () => {
  it('is what a Chinese keyboard types in full width, and nothing else changes', () => {
    expect(toHalfWidth('５８．５，（ＡＢｚ）～！　')).toBe('58.5,(ABz)~! ');
    for (const other of ['58.5²', '①', 'ﬁ', '㎡', '½', '٣', 'ⅷ', '￥', '。', 'ｱ', '\u00a0', '⼀'])
      expect(toHalfWidth(other)).toBe(other);
  });

  it('changes exactly the 94 full-width forms and the ideographic space', () => {
    const changed = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(
      (character) => toHalfWidth(character) !== character,
    );
    expect(changed).toHaveLength(95);
    // Where it changes anything, the standard's compatibility form is the same.
    for (const character of changed) expect(toHalfWidth(character)).toBe(character.normalize('NFKC'));
  });

  it('tells characters that stand for others from letters that may be written in two ways', () => {
    expect(['a²', 'ﬁx', '㎡', '１'].map(hasStandIns)).toEqual([true, true, true, true]);
    expect(['a2', '𠮷', 'é', 'e\u0301'].map(hasStandIns)).toEqual([false, false, false, false]);
  });

  it('has capitals and small letters for the Latin alphabet only', () => {
    expect(toLowerAscii('AbZ\u212aÅ')).toBe('abz\u212aÅ');
    expect(toUpperAscii('abzſß')).toBe('ABZſß');
  });
});

describe('an identifier', () => {
  it('is not made of characters that merely look like its own', () => {
    expect(normalizeIdentifier(' ９１３３-ａb ')).toBe('9133AB');
    expect(normalizeIdentifier('91①')).toBe('91①');
    expect(normalizeIdentifier('9ſ')).toBe('9ſ');
  });

  it('of a phone keeps no raised or circled digit as a digit', () => {
    expect(parseMobileNumber('１３８ ００１３ ８０００')).toBe('13800138000');
    for (const typed of ['1380013800⁰', '138001380⓪0', '1380013800٠']) {
      expect(() => parseMobileNumber(typed)).toThrow(
        expect.objectContaining({ code: 'kernel.mobile-number-malformed' }),
      );
    }
  });
});

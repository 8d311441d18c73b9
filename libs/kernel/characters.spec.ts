import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  characterCount,
  cutText,
  isKeepableText,
  isLongerThan,
  onOneLine,
  shorten,
  visibleText,
} from './characters.js';

const HALF = /\p{Cs}/u;

describe('the length of a text', () => {
  it('is counted in characters, as the database counts it', () => {
    expect(characterCount('𠮷野家')).toBe(3);
    // An emoji with its variation selector is two.
    expect(characterCount('❤️')).toBe(2);
    expect(characterCount('\ud842a\udfb7')).toBe(3);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(characterCount(text)).toBe(Array.from(text).length);
      }),
    );
  });

  it('is over a limit only when its characters are', () => {
    expect(isLongerThan('𠮷'.repeat(300), 300)).toBe(false);
    expect(isLongerThan('𠮷'.repeat(301), 300)).toBe(true);
    expect(isLongerThan('a'.repeat(301), 300)).toBe(true);
  });
});

describe('a text that is cut', () => {
  it('ends between two characters: 4,999 and then 𠮷 keep 5,000', () => {
    const text = `${'概'.repeat(4_999)}𠮷`;
    expect(cutText(text, 5_000)).toBe(text);
    expect(cutText(`${text}要`, 5_000)).toBe(text);
    expect(cutText(`${text}要`, 4_999)).toBe('概'.repeat(4_999));
  });

  it.each([
    ['a letter and its accent', 'ab\u0301c', 2, 'a'],
    ['a family', 'a👨‍👩‍👧b', 3, 'a'],
    ['a flag', 'a🇨🇳b', 2, 'a'],
    ['a carriage return and its line feed', 'a\r\nb', 2, 'a'],
  ])('does not end inside %s', (_what, text, characters, kept) => {
    expect(cutText(text, characters)).toBe(kept);
  });

  it('keeps something of a text that has no place to cut', () => {
    const endless = `a${'\u0301'.repeat(500)}`;
    expect(characterCount(cutText(endless, 100))).toBe(100);
  });

  it('is a beginning of what it was, within the limit, and whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(40), (text, characters) => {
        const kept = cutText(text, characters);
        expect(text.startsWith(kept)).toBe(true);
        expect(characterCount(kept)).toBeLessThanOrEqual(characters);
        expect(HALF.test(kept)).toBe(false);
        if (characterCount(text) <= characters) expect(kept).toBe(text);
      }),
    );
  });

  it('says so with an ellipsis', () => {
    expect([shorten('甲乙丙', 2), shorten('甲乙', 2)]).toEqual(['甲乙…', '甲乙']);
  });
});

describe('a text that can be kept', () => {
  it.each(['', '独居老人 🙂\n第二行\r\n\t缩进', '𠮷', '\u200b\u00a0'])('is %j', (text) => {
    expect(isKeepableText(text)).toBe(true);
  });

  it.each(['a\u0000', '\u0007', '\u001b[31m', '\u000b', '\u007f', '\u0085', '\u009f', '\ud842', '\udfb7a'])(
    'is not %j',
    (text) => {
      expect(isKeepableText(text)).toBe(false);
    },
  );
});

it('what cannot be kept is shown by a sign', () => {
  const shown = visibleText('a\u0000b\u001bc\u0085\ud842d\ne𠮷');
  expect(shown).toBe('a␀b␛c\ufffd\ufffdd\ne𠮷');
  expect(isKeepableText(shown)).toBe(true);
});

it('a name that a table broke into lines stands on one', () => {
  expect(onOneLine(' 换行\r\n的\t标题　')).toBe('换行 的 标题');
});

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;
const DISTANCE = 0xff01 - 0x21;

/**
 * The full-width forms that a Chinese keyboard types (U+FF01 to U+FF5E, and the ideographic space) as the plain
 * characters they stand for; nothing else changes. Whatever becomes a number, a date, an identifier or a key is
 * folded here and never by NFKC, which also makes a 2 of ², a 1 of ① and letters of ligatures: `58.5²` would be
 * read as 58.52.
 */
export function toHalfWidth(text: string): string {
  return text.replace(FULL_WIDTH, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - DISTANCE),
  );
}

/** Whether a text has characters that stand for others (², ﬁ, ㏂, ⅷ): a key that is chosen freely has none. */
export function hasStandIns(text: string): boolean {
  return text.normalize('NFKC') !== text.normalize('NFC');
}

/** Small letters for A to Z only: `toLowerCase` makes a k of the Kelvin sign, and so two keys one. */
export function toLowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Capitals for a to z only: `toUpperCase` makes S of ſ and SS of ß. */
export function toUpperAscii(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * What leaves no mark on a page and carries no word of its own: the characters that Unicode lets every program
 * leave out (zero-width spaces and joiners, Hangul fillers, variation selectors, tags), the other format
 * characters, and two that are drawn as nothing: the empty braille pattern and the null note head.
 */
const INVISIBLE = '\\p{Default_Ignorable_Code_Point}\\p{Cf}\\u2800\\u{1D159}';
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');

/**
 * A mark that combines needs something to stand on. Private-use characters count as visible: registers hold names
 * whose characters older encodings had no other place for.
 */
const VISIBLE = new RegExp(
  `[^${INVISIBLE}\\p{White_Space}\\p{Cc}\\p{Cs}\\p{M}\\p{Noncharacter_Code_Point}]`,
  'u',
);

/** LRE, RLE, PDF, LRO, RLO and LRI, RLI, FSI, PDI. The marks that only weigh in (LRM, RLM, ALM) are ordinary text. */
const DIRECTION_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;

/** Whether a reader would see anything: spaces, fillers and joiners alone are as good as nothing. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}

/**
 * Whether a text turns the direction of writing, by which one name is read as another.
 */
export function hasDirectionControls(text: string): boolean {
  return DIRECTION_CONTROL.test(text);
}

/**
 * An identifier without what came along when it was pasted. Not for free text: emoji are joined by U+200D, and
 * Persian, Mongolian and Indic words are written with joiners and selectors.
 */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLES, '');
}

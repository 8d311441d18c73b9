/**
 * Lengths and cuts of text in characters (Unicode code points), as `length()` of Postgres and `maxLength` of JSON
 * Schema count. `String.length` counts UTF-16 units: 𠮷, a character of names, is two of them, and a cut
 * between the two leaves half a character that nothing can keep.
 */
const GRAPHEMES = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });
/** What a reader takes for one character (a flag, a letter with its accents) is hardly ever longer. */
const LONGEST_GRAPHEME = 64;

/** How many characters a text has. */
export function characterCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The first half of a pair is not counted: the second one is.
    if (unit >= 0xd800 && unit <= 0xdbff && isSecondHalf(text.charCodeAt(at + 1))) continue;
    count += 1;
  }
  return count;
}

/** Whether a text has more than so many characters. */
export function isLongerThan(text: string, characters: number): boolean {
  // A text has never more characters than units, so the common case is not counted.
  return text.length > characters && characterCount(text) > characters;
}

/**
 * The beginning of a text, at most so many characters: never half a character, and not between a letter and its
 * accent or inside an emoji made of several.
 */
export function cutText(text: string, characters: number): string {
  if (!isLongerThan(text, characters)) return text;
  const end = offsetOf(text, characters);
  const from = Math.max(0, end - LONGEST_GRAPHEME);
  const start = from > 0 && isSecondHalf(text.charCodeAt(from)) ? from - 1 : from;
  const around = text.slice(start, end + LONGEST_GRAPHEME);
  const found = GRAPHEMES.segment(around).containing(end - start);
  const kept = found === undefined ? end : start + found.index;
  // Something that has no end within reach is no grapheme of anybody's language: it is cut between characters.
  return text.slice(0, kept > start ? kept : end);
}

/** `cutText` with an ellipsis where something was left out. */
export function shorten(text: string, characters: number): string {
  const kept = cutText(text, characters);
  return kept.length < text.length ? `${kept}…` : kept;
}

function offsetOf(text: string, characters: number): number {
  let at = 0;
  for (let count = 0; count < characters && at < text.length; count += 1) {
    const unit = text.charCodeAt(at);
    at += unit >= 0xd800 && unit <= 0xdbff && isSecondHalf(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  return at;
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** C0 and C1 controls except tab and line ends, and halves of characters: Postgres, JSON and CSV keep none of them well. */
const UNKEEPABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Cs}]/u;

/** Whether a text can be kept and shown: no control characters but tab and line ends, no half characters. */
export function isKeepableText(text: string): boolean {
  return !UNKEEPABLE.test(text);
}

/** What cannot be kept, made visible where a text is shown: ␀ for U+0000, \ufffd for the others. */
export function visibleText(text: string): string {
  return isKeepableText(text)
    ? text
    : text.replace(new RegExp(UNKEEPABLE, 'gu'), (character) => {
        const unit = character.charCodeAt(0);
        return unit < 0x20 ? String.fromCharCode(0x2400 + unit) : '\ufffd';
      });
}

/** A text on one line: what separates its words, line ends and tabs included, becomes a single space. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

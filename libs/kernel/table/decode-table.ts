export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface DecodedTable {
  readonly text: string;
  readonly encoding: TableEncoding;
  /** True when some bytes are no text in this encoding: each is U+FFFD now, and what holds one is not to be believed. */
  readonly damaged: boolean;
}

/**
 * The text of a table as spreadsheet programs save it: UTF-8 with or without a mark, UTF-16 with one ("Unicode
 * text"), or GB18030, which Chinese editions still write. Marks are believed; without one it is UTF-8 if it can be.
 */
export function decodeTable(content: Uint8Array): DecodedTable {
  const marked = markOf(content);
  if (marked !== undefined) return decoded(content, marked);
  const utf8 = decoded(content, 'utf-8');
  if (!utf8.damaged) return utf8;
  // UTF-8 that was cut or patched in a few places would read as GB18030 all the same, but as other words.
  return isMostlyWhole(utf8.text) ? utf8 : decoded(content, 'gb18030');
}

function markOf(content: Uint8Array): TableEncoding | undefined {
  const [first, second, third] = content;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function decoded(content: Uint8Array, encoding: TableEncoding): DecodedTable {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    return { text, encoding, damaged: false };
  } catch {
    return { text: new TextDecoder(encoding).decode(content), encoding, damaged: true };
  }
}

/** GB18030 read as UTF-8 is hardly ever a character: nearly every pair of bytes is broken. */
function isMostlyWhole(text: string): boolean {
  let [whole, broken] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    else if (unit >= 0x80) whole += 1;
  }
  return whole > broken;
}

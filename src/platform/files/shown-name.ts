import { hasVisibleText } from '#libs/kernel';

/** Characters of a file name that are kept. */
const MAX_NAME = 200;
const EXTENSION = /\.[\p{L}\p{N}_-]{1,20}$/u;

/**
 * The name of an uploaded file as it is kept: no control characters, no path, nothing that turns the direction of
 * writing to hide what it ends in. Of a long name the middle goes: its end says what the file is.
 * @param instead for a name in which nothing can be seen
 */
export function shownFileName(name: string, instead = 'file'): string {
  const plain = name.replace(/[\p{Cc}\p{Bidi_Control}/\\]/gu, '_');
  if (!hasVisibleText(plain)) return instead;
  const characters = Array.from(plain);
  if (characters.length <= MAX_NAME) return plain;
  const extension = EXTENSION.exec(plain)?.[0] ?? '';
  return characters.slice(0, MAX_NAME - Array.from(extension).length).join('') + extension;
}

import { characterCount, cutText, hasVisibleText, isLongerThan } from '#libs/kernel';

/** Characters of a file name that are kept. */
const MAX_NAME = 200;
const EXTENSION = /\.[\p{L}\p{N}_-]{1,20}$/u;

/**
 * The name of an uploaded file as it is kept: no control characters, no half characters, no path, nothing that turns the direction of
 * writing to hide what it ends in. Of a long name the middle goes: its end says what the file is.
 * @param instead for a name in which nothing can be seen
 */
export function shownFileName(name: string, instead = 'file'): string {
  const plain = name.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}/\\]/gu, '_');
  if (!hasVisibleText(plain)) return instead;
  if (!isLongerThan(plain, MAX_NAME)) return plain;
  const extension = EXTENSION.exec(plain)?.[0] ?? '';
  return cutText(plain, MAX_NAME - characterCount(extension)) + extension;
}

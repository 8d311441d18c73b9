import { cutText } from '#libs/kernel';

/** Characters of a file name that are kept. */
const MAX_NAME = 200;

/**
 * The name under which a file that was sent is shown: no control characters and halves of characters, no path, and
 * nothing that turns the direction of writing to hide what it ends in.
 */
export function shownFileName(name: string, otherwise: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}/\\]/gu, '_');
  return cutText(plain, MAX_NAME) || otherwise;
}

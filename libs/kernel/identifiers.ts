import { toHalfWidth, toUpperAscii } from './half-width.js';
import { withoutInvisible } from './visible-text.js';

export * from './citizen-id.js';
export * from './credit-code.js';
export * from './mobile-number.js';

/**
 * An identifier as typed or pasted, in the one spelling that is checked and stored: half-width, capitals, no
 * spaces, dashes or invisible characters. The parsers do not do this themselves, so that what they accept is what
 * is kept.
 */
export function normalizeIdentifier(text: string): string {
  return toUpperAscii(withoutInvisible(toHalfWidth(text)).replace(/[\s\p{Pd}]/gu, ''));
}

import { defineErrors } from './domain-error.js';
import { toHalfWidth } from './half-width.js';
import { withoutInvisible } from './visible-text.js';

const errors = defineErrors('kernel', {
  mobileNumberMalformed: {
    code: 'kernel.mobile-number-malformed',
    kind: 'invalid',
    zh: '手机号应为 11 位、以 13–19 开头的数字',
    en: 'A mobile number has 11 digits and begins with 13 to 19',
  },
});

/** A mainland mobile number, 11 digits without country code. Pattern: rules of the domain §6, grade M. */
export function isMobileNumber(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/**
 * A number as people type it (`+86 138-0013-8000`, full-width digits) in its 11 digits.
 *
 * @throws `kernel.mobile-number-malformed`, which does not carry the value
 */
export function parseMobileNumber(text: string): string {
  const digits = withoutInvisible(toHalfWidth(text))
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/^(\+|00)?86/, '');
  if (!isMobileNumber(digits)) throw errors.mobileNumberMalformed();
  return digits;
}

/** `138****8000`. Anything that is not a mobile number is hidden altogether. */
export function maskMobile(text: string): string {
  return isMobileNumber(text) ? `${text.slice(0, 3)}****${text.slice(7)}` : '*'.repeat(text.length);
}

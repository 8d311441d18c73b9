import { defineErrors, type DomainError } from './domain-error.js';

/** Unified social credit code (统一社会信用代码), GB 32100-2015. Rule source: rules of the domain §6, grade C. */

const errors = defineErrors('kernel', {
  creditCodeLength: {
    code: 'kernel.credit-code-length',
    kind: 'invalid',
    zh: '统一社会信用代码应为 18 位',
    en: 'A unified social credit code has 18 characters',
  },
  creditCodeAlphabet: {
    code: 'kernel.credit-code-alphabet',
    kind: 'invalid',
    zh: '统一社会信用代码含有不允许的字符（只用数字和除 I、O、S、V、Z 外的大写字母）',
    en: 'The unified social credit code has a character outside digits and capitals without I, O, S, V, Z',
  },
  creditCodeDivision: {
    code: 'kernel.credit-code-division',
    kind: 'invalid',
    zh: '统一社会信用代码第 3–8 位应为数字行政区划代码',
    en: 'Characters 3 to 8 of a unified social credit code are a numeric division code',
  },
  creditCodeCheckDigit: {
    code: 'kernel.credit-code-check-digit',
    kind: 'invalid',
    zh: '统一社会信用代码校验位不符，请核对是否输错',
    en: 'The check character of the unified social credit code does not match: it was probably mistyped',
  },
});

/** The public code of each reason; `renderError` has its texts. */
export type CreditCodeFault =
  | 'kernel.credit-code-length'
  | 'kernel.credit-code-alphabet'
  | 'kernel.credit-code-division'
  | 'kernel.credit-code-check-digit';

/** What kind of body a code was issued to, as far as its first two characters tell. */
export type RegisteredBodyKind =
  | 'state-organ'
  | 'public-institution'
  | 'mass-organization'
  | 'social-group'
  | 'private-non-enterprise'
  | 'foundation'
  | 'village-committee'
  | 'residents-committee'
  | 'enterprise'
  | 'sole-trader'
  | 'farmers-cooperative'
  | 'other';

export interface CreditCode {
  readonly code: string;
  /** Registering department, character 1: 1 编办, 5 民政, 9 市场监管, … */
  readonly registrar: string;
  /** Class of body within that department, character 2. */
  readonly class: string;
  /** GB/T 2260 division of the registering department, characters 3–8. */
  readonly division: string;
  /** GB 11714 organization code, characters 9–17. */
  readonly organizationCode: string;
  readonly kind: RegisteredBodyKind;
  /** Whether characters 9–17 carry a right GB 11714 check. Legacy codes do not always: warn, never refuse. */
  readonly organizationCodeChecks: boolean;
}

const FAULTS: Readonly<Record<CreditCodeFault, () => DomainError>> = {
  'kernel.credit-code-length': errors.creditCodeLength,
  'kernel.credit-code-alphabet': errors.creditCodeAlphabet,
  'kernel.credit-code-division': errors.creditCodeDivision,
  'kernel.credit-code-check-digit': errors.creditCodeCheckDigit,
};

const LENGTH = 18;
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = 31;
/** 3^i mod 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 11, 12, 13, 51, 52, 91: grade B. 53, 54, 55, 92, 93: from memory, grade M. */
const KINDS: ReadonlyMap<string, RegisteredBodyKind> = new Map([
  ['11', 'state-organ'],
  ['12', 'public-institution'],
  ['13', 'mass-organization'],
  ['51', 'social-group'],
  ['52', 'private-non-enterprise'],
  ['53', 'foundation'],
  ['54', 'village-committee'],
  ['55', 'residents-committee'],
  ['91', 'enterprise'],
  ['92', 'sole-trader'],
  ['93', 'farmers-cooperative'],
]);

/**
 * The parts of a code written canonically (18 characters, capitals, no spaces; see `normalizeIdentifier`).
 *
 * The check provably catches any one wrong character, and any two different characters swapped, except the
 * first with the last: the modulus is prime, no weight is 0 mod 31, and all weights differ but those two (the
 * check character counts once, like the first).
 *
 * @throws one `kernel.credit-code-*` error per reason; none carries the value
 */
export function parseCreditCode(text: string): CreditCode {
  const fault = creditCodeFault(text);
  if (fault !== undefined) throw FAULTS[fault]();
  const organizationCode = text.slice(8, 17);
  return {
    code: text,
    registrar: text.slice(0, 1),
    class: text.slice(1, 2),
    division: text.slice(2, 8),
    organizationCode,
    kind: KINDS.get(text.slice(0, 2)) ?? 'other',
    organizationCodeChecks: organizationCode.endsWith(organizationCheck(organizationCode)),
  };
}

/** Why a text is not a credit code, or undefined when it is one. For validators that must not throw. */
export function creditCodeFault(text: string): CreditCodeFault | undefined {
  if (text.length !== LENGTH) return 'kernel.credit-code-length';
  if (!/^[0-9A-HJ-NPQRTUWXY]+$/.test(text)) return 'kernel.credit-code-alphabet';
  if (!/^\d{6}$/.test(text.slice(2, 8))) return 'kernel.credit-code-division';
  return text.endsWith(creditCodeCheckCharacter(text)) ? undefined : 'kernel.credit-code-check-digit';
}

export function isCreditCode(text: string): boolean {
  return creditCodeFault(text) === undefined;
}

/** The check character for the first 17, which must be in the alphabet: any of the 31 symbols can result. */
export function creditCodeCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17.charAt(i)), 0);
  return ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

/** GB 11714: letters count 10 to 35 here, in the plain alphabet with I, O, S, V, Z. */
function organizationCheck(organizationCode: string): string {
  const sum = ORGANIZATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(organizationCode.charAt(i), 36),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : String(check % 11);
}

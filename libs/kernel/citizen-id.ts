import { isChinaDate, type ChinaDate } from './china-date.js';
import { defineErrors, type DomainError } from './domain-error.js';

/** Citizen identity number (公民身份号码), GB 11643-1999. Rule source: rules of the domain §6, grade C. */

const errors = defineErrors('kernel', {
  citizenIdFormat: {
    code: 'kernel.citizen-id-format',
    kind: 'invalid',
    zh: '身份证号应为 17 位数字加 1 位校验位（数字或大写 X）',
    en: 'A citizen identity number has 17 digits and a check character (digit or capital X)',
  },
  citizenIdDivision: {
    code: 'kernel.citizen-id-division',
    kind: 'invalid',
    zh: '身份证号的地区码不存在',
    en: 'The division of the citizen identity number does not exist',
  },
  citizenIdBirthDate: {
    code: 'kernel.citizen-id-birth-date',
    kind: 'invalid',
    zh: '身份证号中的出生日期不可能',
    en: 'The birth date in the citizen identity number is impossible',
  },
  citizenIdCheckDigit: {
    code: 'kernel.citizen-id-check-digit',
    kind: 'invalid',
    zh: '身份证号校验位不符，请核对是否输错',
    en: 'The check character of the citizen identity number does not match: it was probably mistyped',
  },
});

/** The public code of each reason; `renderError` has its texts. */
export type CitizenIdFault =
  | 'kernel.citizen-id-format'
  | 'kernel.citizen-id-division'
  | 'kernel.citizen-id-birth-date'
  | 'kernel.citizen-id-check-digit';

/** Everything here is personal information: hold it no longer than the purpose needs. */
export interface CitizenId {
  readonly birthDate: ChinaDate;
  readonly sex: 'female' | 'male';
  /** The county of first registration, not of present residence. */
  readonly division: string;
  /** `residence-permit` is the 港澳台居民居住证, whose numbers begin 81, 82 or 83 (grade M). */
  readonly document: 'identity-card' | 'residence-permit';
}

const FAULTS: Readonly<Record<CitizenIdFault, () => DomainError>> = {
  'kernel.citizen-id-format': errors.citizenIdFormat,
  'kernel.citizen-id-division': errors.citizenIdDivision,
  'kernel.citizen-id-birth-date': errors.citizenIdBirthDate,
  'kernel.citizen-id-check-digit': errors.citizenIdCheckDigit,
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
/** GB/T 2260 province prefixes, 71 (Taiwan) among them; 81–83 are residence permits. */
const PROVINCES = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 ' +
    '81 82 83'
  ).split(' '),
);
const RESIDENCE_PERMIT = /^8[123]/;
/** No living person is older; an earlier year is a typing error. */
const EARLIEST_BIRTH: ChinaDate = '1900-01-01';

/**
 * The facts in a number written canonically (capital X, no spaces; see `normalizeIdentifier`).
 *
 * The check provably catches any one wrong character: two digits differ by less than the modulus 11, which is
 * prime, and no weight is 0 mod 11. Two different neighbours swapped are caught too.
 *
 * @param asOf a birth after this date is refused
 * @throws one `kernel.citizen-id-*` error per reason; none carries the value
 */
export function parseCitizenId(text: string, asOf?: ChinaDate): CitizenId {
  const fault = citizenIdFault(text, asOf);
  if (fault !== undefined) throw FAULTS[fault]();
  return {
    birthDate: birthDateIn(text),
    sex: Number(text.charAt(16)) % 2 === 1 ? 'male' : 'female',
    division: text.slice(0, 6),
    document: RESIDENCE_PERMIT.test(text) ? 'residence-permit' : 'identity-card',
  };
}

/** Why a text is not a citizen identity number, or undefined when it is one. */
export function citizenIdFault(text: string, asOf?: ChinaDate): CitizenIdFault | undefined {
  if (!/^\d{17}[\dX]$/.test(text)) return 'kernel.citizen-id-format';
  // The check comes first: after one slip of the finger, "mistyped" is the true reason, not the place or date.
  if (!text.endsWith(citizenIdCheckCharacter(text))) return 'kernel.citizen-id-check-digit';
  if (!PROVINCES.has(text.slice(0, 2))) return 'kernel.citizen-id-division';
  const birthDate = birthDateIn(text);
  if (!isChinaDate(birthDate) || birthDate < EARLIEST_BIRTH) return 'kernel.citizen-id-birth-date';
  return asOf !== undefined && birthDate > asOf ? 'kernel.citizen-id-birth-date' : undefined;
}

export function isCitizenId(text: string, asOf?: ChinaDate): boolean {
  return citizenIdFault(text, asOf) === undefined;
}

/** The check character for the first 17 digits. */
export function citizenIdCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17.charAt(i)), 0);
  return CHECKS.charAt(sum % 11);
}

/**
 * For lists people see: the province and one more digit, and the last four that tell namesakes apart. The
 * birth date is wholly hidden. Anything that is not shaped like a number is hidden altogether.
 */
export function maskCitizenId(text: string): string {
  if (!/^\d{17}[\dX]$/.test(text)) return '*'.repeat(text.length);
  return `${text.slice(0, 3)}${'*'.repeat(11)}${text.slice(14)}`;
}

function birthDateIn(text: string): ChinaDate {
  return `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
}

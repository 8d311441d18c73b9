import type { ChinaDate } from './china-date.js';
import { defineErrors } from './domain-error.js';

/**
 * Administrative division codes: GB/T 2260 to the county, the statistical extension below it (rules of the
 * domain §6, grade B). A code has 2, 4, 6, 9 or 12 digits, one length per level, never padded with zeros.
 */

const errors = defineErrors('kernel', {
  areaCodeMalformed: {
    code: 'kernel.area-code-malformed',
    kind: 'invalid',
    zh: '区划代码应为 2、4、6、9 或 12 位数字，且不以零补位',
    en: 'An area code has 2, 4, 6, 9 or 12 digits and no zero padding',
  },
  areaChangeAmbiguous: {
    code: 'kernel.area-change-ambiguous',
    kind: 'conflict',
    zh: '区划 {code} 在同一时期有不止一个后继区划',
    en: 'The area {code} has more than one successor at a time',
  },
  areaChangeCycle: {
    code: 'kernel.area-change-cycle',
    kind: 'conflict',
    zh: '区划 {code} 的变更记录首尾相接',
    en: 'The recorded changes of the area {code} lead back to itself',
  },
});

export type AreaLevel = 'province' | 'city' | 'county' | 'street' | 'community';

export interface AreaCode {
  readonly code: string;
  readonly level: AreaLevel;
}

const LEVELS: ReadonlyMap<number, AreaLevel> = new Map([
  [2, 'province'],
  [4, 'city'],
  [6, 'county'],
  [9, 'street'],
  [12, 'community'],
]);

/**
 * No part may be all zeros, with one exception: the county part of a street or community in a city without
 * counties (东莞 4419, 中山 4420, 儋州 4604), whose streets are written 441900xxx.
 */
const PROVINCE = '[1-9]\\d';
const NOT_00 = '(?!00)\\d\\d';
const NOT_000 = '(?!000)\\d{3}';
const SHAPE = new RegExp(`^${PROVINCE}(${NOT_00}(${NOT_00}|\\d\\d${NOT_000}(${NOT_000})?)?)?$`);

export function isAreaCode(text: string): boolean {
  return SHAPE.test(text);
}

/** @throws `kernel.area-code-malformed` */
export function parseAreaCode(text: string): AreaCode {
  const level = LEVELS.get(text.length);
  if (level === undefined || !isAreaCode(text)) throw errors.areaCodeMalformed();
  return { code: text, level };
}

/**
 * The code without the zero padding other systems add: `330000` and `330000000000` → `33`, `330100` → `3301`,
 * `330105000000` → `330105`.
 *
 * @throws `kernel.area-code-malformed`
 */
export function unpadAreaCode(text: string): string {
  if (!/^\d+$/.test(text) || !LEVELS.has(text.length)) throw errors.areaCodeMalformed();
  const bounds = [0, 2, 4, 6, 9, 12];
  const kept = bounds.map((start, i) => text.slice(start, bounds[i + 1])).filter((part) => part !== '');
  while (/^0+$/.test(kept.at(-1) ?? '')) kept.pop();
  return parseAreaCode(kept.join('')).code;
}

/**
 * The area one level up, or undefined for a province. A street of a city without counties belongs to the city.
 *
 * @throws `kernel.area-code-malformed`
 */
export function parentCode(code: string): string | undefined {
  switch (parseAreaCode(code).level) {
    case 'province':
      return undefined;
    case 'city':
      return code.slice(0, 2);
    case 'county':
      return code.slice(0, 4);
    case 'street':
      return code.slice(4, 6) === '00' ? code.slice(0, 4) : code.slice(0, 6);
    case 'community':
      return code.slice(0, 9);
  }
}

/** Every area above, nearest first: `330105001` → `330105`, `3301`, `33`. */
export function ancestorCodes(code: string): string[] {
  const parent = parentCode(code);
  return parent === undefined ? [] : [parent, ...ancestorCodes(parent)];
}

/**
 * Whether an area lies in another or is the same one.
 *
 * @throws `kernel.area-code-malformed` for either: an unchecked prefix test would let `''` contain everything
 */
export function isWithin(code: string, ancestor: string): boolean {
  return parseAreaCode(code).code.startsWith(parseAreaCode(ancestor).code);
}

/** From a date on, a code is retired and another area stands in its place (merger or renumbering). */
export interface AreaChange {
  readonly code: string;
  readonly successorCode: string;
  readonly from: ChinaDate;
}

/**
 * The code under which an area is found on a date: the code itself, or its successor, or that one's. Only the
 * very code is followed: when a county is merged its streets are renumbered, and need rows of their own.
 *
 * @throws `kernel.area-change-ambiguous` when a code has two successors in force, `kernel.area-change-cycle`
 */
export function resolveOn(code: string, date: ChinaDate, changes: readonly AreaChange[]): string {
  const seen = new Set<string>();
  let current = parseAreaCode(code).code;
  for (;;) {
    seen.add(current);
    const successors = new Set(
      changes.filter((c) => c.code === current && c.from <= date).map((c) => c.successorCode),
    );
    const [successor, ...others] = successors;
    if (successor === undefined) return current;
    if (others.length > 0) throw errors.areaChangeAmbiguous({ code: current });
    if (seen.has(successor)) throw errors.areaChangeCycle({ code });
    current = parseAreaCode(successor).code;
  }
}

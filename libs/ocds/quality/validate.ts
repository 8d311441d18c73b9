/** Checks a parsed release against the standard's rule tables. */
import { RELEASE_WITH_BIDS } from '../standard/bids-rules.js';
import { CODELISTS } from '../standard/codelists.js';
import { isDateTime, isLanguageTag, isUri, isVersion } from '../standard/formats.js';
import { RELEASE } from '../standard/release-rules.js';
import { text, type FieldRule, type ObjectRule } from '../standard/rule-types.js';
import { canonicalText, isObject, jsonTypes, type JsonObject } from './json-value.js';
import { pointerStep, ProblemList, type Problem } from './problem.js';

export interface ValidationOptions {
  /** Check `bids` and the references to bids too; without it they are fields that OCDS does not know. */
  readonly bids?: boolean;
  /** Problems listed per release; further ones are only counted. */
  readonly maxProblems?: number;
}

export interface ValidationResult {
  readonly valid: boolean;
  readonly problems: readonly Problem[];
  /** Problems found beyond `maxProblems`. */
  readonly omitted: number;
}

const DEFAULT_MAX_PROBLEMS = 50;
const TRANSLATION = text();

const FORMATS = {
  'date-time': { test: isDateTime, message: 'is not an RFC 3339 date and time with a time zone' },
  uri: { test: isUri, message: 'is not an absolute URI' },
  version: { test: isVersion, message: 'is not a version such as 1.1' },
} as const;

/** Quotes a value for a message, short enough that a huge text cannot flood a report. */
function shown(value: string): string {
  return JSON.stringify(value.length <= 60 ? value : `${value.slice(0, 57)}...`);
}

function checkText(rule: FieldRule, value: string, pointer: string, found: ProblemList): void {
  if (rule.minLength !== undefined && value.length < rule.minLength) {
    found.add(pointer, 'empty-text', 'is empty text');
  }
  if (rule.format && !FORMATS[rule.format].test(value)) {
    found.add(pointer, 'bad-format', `${shown(value)} ${FORMATS[rule.format].message}`);
  }
  if (rule.codelist) {
    const list = CODELISTS[rule.codelist];
    if (list.closed && !list.codes.has(value)) {
      found.add(
        pointer,
        'not-in-codelist',
        `${shown(value)} is not in the closed code list ${rule.codelist}`,
      );
    }
  }
}

/** Elements with ids of their own cannot be equal: the common case, without comparing whole elements. */
function haveDifferentIds(value: readonly unknown[]): boolean {
  const ids = new Set<unknown>();
  for (const element of value) {
    const id = isObject(element) ? element['id'] : undefined;
    if (typeof id !== 'string' && typeof id !== 'number') return false;
    ids.add(id);
  }
  return ids.size === value.length;
}

function checkUnique(value: readonly unknown[], pointer: string, found: ProblemList): void {
  if (value.length < 2 || haveDifferentIds(value)) return;
  const seen = new Set<string>();
  for (const [index, element] of value.entries()) {
    const key = canonicalText(element);
    if (key === undefined) {
      found.add(pointer, 'too-deep', 'is nested too deeply to be compared');
      return;
    }
    if (seen.has(key)) {
      found.add(pointer, 'repeated-item', `element ${index} repeats an earlier one`);
      return;
    }
    seen.add(key);
  }
}

function checkList(rule: FieldRule, value: readonly unknown[], pointer: string, found: ProblemList): void {
  if (rule.minItems !== undefined && value.length < rule.minItems) {
    found.add(pointer, 'too-few-items', `needs at least ${rule.minItems} element`);
  }
  if (rule.uniqueItems) checkUnique(value, pointer, found);
  if (!rule.items) return;
  for (const [index, element] of value.entries()) {
    checkField(rule.items, element, `${pointer}/${index}`, found);
  }
}

/** True when `key` is `<translatable field>_<language tag>`. */
function isTranslation(rule: ObjectRule, key: string): boolean {
  const underscore = key.indexOf('_');
  return (
    underscore > 0 &&
    rule.translatable.includes(key.slice(0, underscore)) &&
    isLanguageTag(key.slice(underscore + 1))
  );
}

function checkObject(rule: ObjectRule, value: JsonObject, pointer: string, found: ProblemList): void {
  for (const field of rule.required) {
    if (!Object.hasOwn(value, field) || value[field] === undefined) {
      found.add(pointer, 'missing-field', `${rule.name} lacks the required field ${field}`);
    }
  }
  const keys = Object.keys(value);
  if (rule.minProperties !== undefined && keys.length < rule.minProperties) {
    found.add(pointer, 'too-few-fields', `${rule.name} needs at least ${rule.minProperties} field`);
  }
  for (const key of keys) {
    // A field set to undefined is absent; JSON has none, a release built in a program may.
    if (value[key] === undefined) continue;
    const field = Object.hasOwn(rule.fields, key) ? rule.fields[key] : undefined;
    if (field) checkField(field, value[key], pointer + pointerStep(key), found);
    else if (isTranslation(rule, key)) checkField(TRANSLATION, value[key], pointer + pointerStep(key), found);
  }
}

function checkField(rule: FieldRule, value: unknown, pointer: string, found: ProblemList): void {
  const types = jsonTypes(value);
  if (!types.some((type) => rule.types.includes(type))) {
    const is = types[0] ?? 'a number too large to represent';
    found.add(pointer, 'wrong-type', `must be ${rule.types.join(' or ')}, is ${is}`);
    return;
  }
  if (typeof value === 'string') checkText(rule, value, pointer, found);
  else if (Array.isArray(value)) checkList(rule, value, pointer, found);
  else if (isObject(value) && rule.shape) checkObject(rule.shape(), value, pointer, found);
}

/** Checks a parsed JSON value against one of the rule tables. */
export function validateAgainst(
  rule: ObjectRule,
  value: unknown,
  maxProblems = DEFAULT_MAX_PROBLEMS,
): ValidationResult {
  const found = new ProblemList(maxProblems);
  checkField({ types: ['object'], shape: () => rule }, value, '', found);
  return { valid: found.problems.length === 0, problems: found.problems, omitted: found.omitted };
}

/**
 * Checks a parsed JSON value against the rules of an OCDS 1.1 release. Never throws: whatever the value is,
 * the answer is a list of problems, empty for a valid release.
 */
export function validateRelease(value: unknown, options: ValidationOptions = {}): ValidationResult {
  return validateAgainst(options.bids ? RELEASE_WITH_BIDS : RELEASE, value, options.maxProblems);
}

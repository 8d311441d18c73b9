import { cutText, isKeepableText, visibleText } from '#libs/kernel';
import type { FieldError } from '../problem/problem.js';

/** The deepest body of the interface has six levels. */
const MAX_DEPTH = 12;
/** Names in one object. What refuses unknown fields takes time that grows with the square of their number. */
const MAX_NAMES = 200;
/** The largest body of the interface is a score sheet of 200 bids and 50 criteria: 30,000 values. */
const MAX_VALUES = 50_000;
/** A name sent to us is repeated in the answer, but not a megabyte of it. */
const MAX_POINTER = 200;

interface Found {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * What no request of the interface has and what later steps cannot digest: nesting without end, objects with
 * thousands of names, lists directly in lists, and text that nothing keeps well (control characters, halves of
 * characters).
 * @returns the first fault with a JSON pointer; undefined when there is none
 */
export function shapeFault(root: unknown): FieldError | undefined {
  const left: Found[] = [{ value: root, pointer: '', depth: 0 }];
  let values = 0;
  for (let found = left.pop(); found !== undefined; found = left.pop()) {
    values += 1;
    if (values > MAX_VALUES) return fault('', 'tooManyValues', '内容过多', 'has too many values');
    const { value, pointer, depth } = found;
    if (typeof value === 'string' && !isKeepableText(value)) return unkeepable(pointer);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return fault(pointer, 'tooDeep', '嵌套过深', 'is nested too deep');
    const inner = Array.isArray(value) ? listFault(value, pointer) : namesFault(value, pointer);
    if (inner) return inner;
    for (const [name, member] of Object.entries(value)) {
      left.push({ value: member, pointer: `${pointer}/${escaped(name)}`, depth: depth + 1 });
    }
  }
  return undefined;
}

/**
 * Takes fields that are null out of a body, in place: in this interface null says the same as nothing, and the
 * rules of an optional field let both through. Only for what `shapeFault` has found in order.
 */
export function dropNulls(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (member === null && !Array.isArray(value)) Reflect.deleteProperty(value, name);
    else dropNulls(member);
  }
}

function listFault(list: readonly unknown[], pointer: string): FieldError | undefined {
  if (list.length > MAX_VALUES) return fault(pointer, 'arrayMaxSize', '项数太多', 'has too many entries');
  const at = list.findIndex((entry) => Array.isArray(entry));
  return at < 0
    ? undefined
    : fault(`${pointer}/${at}`, 'listInList', '不应为列表', 'must not be a list in a list');
}

function namesFault(object: object, pointer: string): FieldError | undefined {
  const names = Object.keys(object);
  if (names.length > MAX_NAMES) return fault(pointer, 'tooManyNames', '字段过多', 'has too many fields');
  return names.every(isKeepableText) ? undefined : unkeepable(pointer);
}

function unkeepable(pointer: string): FieldError {
  return fault(pointer, 'isKeepableText', '含有无法保存的字符', 'contains characters that cannot be kept');
}

function fault(pointer: string, code: string, zh: string, en: string): FieldError {
  return { pointer: cutText(visibleText(pointer), MAX_POINTER), code, message: `${zh} (${en})` };
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Small facts about parsed JSON values. */
import type { JsonType } from '../standard/rule-types.js';

export type JsonObject = Record<string, unknown>;

/** Nesting beyond this is refused: OCDS needs about ten levels, a stack overflow needs thousands. */
export const MAX_DEPTH = 200;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON types a value has: a whole number is an integer and a number; 1e400 is neither. */
export function jsonTypes(value: unknown): readonly JsonType[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  switch (typeof value) {
    case 'string':
      return ['string'];
    case 'boolean':
      return ['boolean'];
    case 'object':
      return ['object'];
    case 'number':
      if (!Number.isFinite(value)) return [];
      return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
    default:
      return [];
  }
}

/**
 * Text that two JSON values share exactly when they are equal, whatever the order of their keys.
 * `undefined` when the value is nested more than {@link MAX_DEPTH} levels.
 */
export function canonicalText(value: unknown, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const parts = value.map((element) => canonicalText(element, depth + 1));
    return parts.includes(undefined) ? undefined : `[${parts.join(',')}]`;
  }
  if (isObject(value)) {
    const parts: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const part = canonicalText(value[key], depth + 1);
      if (part === undefined) return undefined;
      parts.push(`${JSON.stringify(key)}:${part}`);
    }
    return `{${parts.join(',')}}`;
  }
  // JSON.stringify turns 1e400 into null; it must stay different from null.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

/**
 * A deep copy that shares nothing with the original. (Not `structuredClone`: under Jest it answers with objects
 * of another realm, which Ajv's comparison of list elements does not take for plain objects.)
 */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element: unknown) => copyJson(element)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyJson(child)])) as T;
}

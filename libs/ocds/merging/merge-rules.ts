/** Which lists merge as a whole and which element by element (merging specification of OCDS 1.1). */
import { isObject, MAX_DEPTH, type JsonObject } from '../quality/json-value.js';
import { ocdsErrors } from '../errors.js';
import type { FieldRule, ObjectRule } from '../standard/rule-types.js';

/**
 * True where merging replaces the whole list: it is declared so, or its elements are not (only) objects, or the
 * standard gives the objects no id to match by. Lists of fields that the standard does not know follow their
 * content.
 */
export function isWholeList(field: FieldRule | undefined, input: readonly unknown[]): boolean {
  if (!input.every(isObject)) return true;
  if (!field) return false;
  if (field.wholeListMerge) return true;
  if (!field.items) return false;
  const shape = field.items.shape?.();
  return (
    field.items.types.some((type) => type !== 'object') || (shape !== undefined && !('id' in shape.fields))
  );
}

/**
 * The text by which list elements are matched, `undefined` where there is no id. `1` and `"1"` are the same id:
 * the standard allows both spellings of an id, and publishers mix them between releases.
 */
export function matchKey(element: JsonObject): string | undefined {
  const id = element['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** The fields of `input` that take part in merging, with their rules. */
export function* mergeableFields(
  input: JsonObject,
  rule: ObjectRule | undefined,
): Generator<[key: string, value: unknown, field: FieldRule | undefined]> {
  for (const [key, value] of Object.entries(input)) {
    // JSON can hold a key that would replace the prototype of the object it is copied to.
    if (key === '__proto__' || value === undefined) continue;
    const field = rule && Object.hasOwn(rule.fields, key) ? rule.fields[key] : undefined;
    if (!field?.omitWhenMerged) yield [key, value, field];
  }
}

export function refuseDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw ocdsErrors.tooDeep({ levels: MAX_DEPTH });
}

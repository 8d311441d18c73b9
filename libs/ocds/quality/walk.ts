/** Visits every object, list and text of a release that the rule tables know. */
import type { FieldRule, ObjectRule } from '../standard/rule-types.js';
import { isObject, type JsonObject } from './json-value.js';
import { pointerStep } from './problem.js';

export interface Visitor {
  object?(rule: ObjectRule, value: JsonObject, pointer: string): void;
  list?(rule: FieldRule, value: readonly unknown[], pointer: string): void;
  text?(rule: FieldRule, value: string, pointer: string): void;
}

function walkField(rule: FieldRule, value: unknown, visitor: Visitor, pointer: string): void {
  if (typeof value === 'string') visitor.text?.(rule, value, pointer);
  else if (Array.isArray(value)) {
    visitor.list?.(rule, value, pointer);
    for (const [index, element] of value.entries()) {
      if (rule.items) walkField(rule.items, element, visitor, `${pointer}/${index}`);
    }
  } else if (isObject(value) && rule.shape) walkObject(rule.shape(), value, visitor, pointer);
}

/** Two visitors on one walk. */
export const bothVisitors = (first: Visitor, second: Visitor): Visitor => ({
  object(rule, value, pointer) {
    first.object?.(rule, value, pointer);
    second.object?.(rule, value, pointer);
  },
  list(rule, value, pointer) {
    first.list?.(rule, value, pointer);
    second.list?.(rule, value, pointer);
  },
  text(rule, value, pointer) {
    first.text?.(rule, value, pointer);
    second.text?.(rule, value, pointer);
  },
});

/** Depth is bounded by the tables, which do not refer to themselves. */
export function walkObject(rule: ObjectRule, value: JsonObject, visitor: Visitor, pointer = ''): void {
  visitor.object?.(rule, value, pointer);
  for (const key of Object.keys(value)) {
    const field = Object.hasOwn(rule.fields, key) ? rule.fields[key] : undefined;
    if (field) walkField(field, value[key], visitor, pointer + pointerStep(key));
  }
}

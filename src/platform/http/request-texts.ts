import { Transform } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { hasDirectionControls, hasVisibleText, withoutInvisible } from '#libs/kernel';

const MAY_BE_BLANK = Symbol('may be blank');

/** A text that may say nothing. Every other text of a request must show something, entries of lists included. */
export function MayBeBlank(): PropertyDecorator {
  return (target, property) => {
    Reflect.defineMetadata(MAY_BE_BLANK, true, target, property);
  };
}

/** A login, number, address or code: what was pasted with it and cannot be seen is dropped before the other rules look. */
export function Identifier(): PropertyDecorator {
  const clean = (value: unknown): unknown =>
    typeof value === 'string'
      ? withoutInvisible(value).trim()
      : Array.isArray(value)
        ? value.map(clean)
        : value;
  return Transform(({ value }: { value: unknown }) => clean(value));
}

/**
 * What is wrong with the texts of a request, whatever their fields declare: a field that is new tomorrow is held to
 * it, too. Only for what `shapeFault` has found in order.
 */
export function textFaults(request: object, entriesMayBeBlank = false): ValidationError[] {
  return Object.entries(request).flatMap(([property, value]: [string, unknown]): ValidationError[] => {
    const mayBeBlank = entriesMayBeBlank || Reflect.getMetadata(MAY_BE_BLANK, request, property) === true;
    if (typeof value === 'string') {
      const code = faultOf(value, mayBeBlank);
      return code === undefined ? [] : [{ property, constraints: { [code]: code } }];
    }
    if (typeof value !== 'object' || value === null) return [];
    const children = textFaults(value, mayBeBlank && Array.isArray(value));
    return children.length === 0 ? [] : [{ property, children }];
  });
}

function faultOf(text: string, mayBeBlank: boolean): string | undefined {
  if (!mayBeBlank && !hasVisibleText(text)) return 'isNotBlank';
  return hasDirectionControls(text) ? 'hasNoDirectionControls' : undefined;
}

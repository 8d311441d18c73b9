/** The vocabulary in which the standard's rules are written down as tables. */
import type { CodelistName } from './codelists.js';

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** What one field may hold, and how merging treats it. */
export interface FieldRule {
  /** JSON types that are allowed; anything else is a wrong type. */
  readonly types: readonly JsonType[];
  readonly minLength?: number;
  readonly format?: 'date-time' | 'uri' | 'version';
  readonly codelist?: CodelistName;
  /** Shape of the value when it is an object: a function, because shapes refer to each other. */
  readonly shape?: () => ObjectRule;
  /** Rule for each element when the value is an array. */
  readonly items?: FieldRule;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  /** Merging replaces the list as a whole instead of matching elements by id. */
  readonly wholeListMerge?: boolean;
  /** Merging drops the field: it says something of one release only. */
  readonly omitWhenMerged?: boolean;
  readonly deprecated?: boolean;
}

/** One kind of object. Fields that are not listed are allowed and unchecked: publishers extend OCDS. */
export interface ObjectRule {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly required: readonly string[];
  /** Fields that may be repeated in another language as `<field>_<language tag>`, text or null. */
  readonly translatable: readonly string[];
  readonly minProperties?: number;
}

type FieldsOf<T> = { readonly [K in keyof T]-?: FieldRule };

interface ObjectOptions<T> {
  readonly required?: readonly (keyof T & string)[];
  readonly translatable?: readonly (keyof T & string)[];
  readonly minProperties?: number;
}

/** Declares an object; the compiler refuses a table that lacks a field of T or has one too many. */
export const shape = <T>(name: string, fields: FieldsOf<T>, options: ObjectOptions<T> = {}): ObjectRule => ({
  name,
  fields: fields,
  required: options.required ?? [],
  translatable: options.translatable ?? [],
  ...(options.minProperties === undefined ? {} : { minProperties: options.minProperties }),
});

type Extra = Omit<FieldRule, 'types'>;

export const text = (extra: Extra = {}): FieldRule => ({ types: ['string', 'null'], ...extra });
export const requiredText = (extra: Extra = {}): FieldRule => ({ types: ['string'], ...extra });
export const dateTime = (): FieldRule => text({ format: 'date-time' });
export const uri = (): FieldRule => text({ format: 'uri' });
export const code = (codelist: CodelistName): FieldRule => text({ codelist });
export const whole = (): FieldRule => ({ types: ['integer', 'null'] });
export const decimal = (): FieldRule => ({ types: ['number', 'null'] });
export const yesNo = (): FieldRule => ({ types: ['boolean', 'null'] });
/** An identifier that must be there and not be empty text. */
export const localId = (): FieldRule => ({ types: ['string', 'integer'], minLength: 1 });
export const looseId = (): FieldRule => ({ types: ['string', 'integer', 'null'] });
export const one = (of: () => ObjectRule, extra: Extra = {}): FieldRule => ({
  types: ['object'],
  shape: of,
  ...extra,
});
export const list = (of: () => ObjectRule, extra: Extra = {}): FieldRule => ({
  types: ['array'],
  items: { types: ['object'], shape: of },
  ...extra,
});
export const codes = (codelist: CodelistName, extra: Extra = {}): FieldRule => ({
  types: ['array', 'null'],
  items: { types: ['string'], codelist },
  ...extra,
});
export const texts = (): FieldRule => ({ types: ['array', 'null'], items: { types: ['string'] } });
export const deprecated = (rule: FieldRule): FieldRule => ({ ...rule, deprecated: true });

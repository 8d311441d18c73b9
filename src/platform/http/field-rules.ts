import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { characterCount, isAreaCode, isChinaDate, isLongerThan, normalizeIdentifier } from '#libs/kernel';

/** With a zone: without one the same text would mean another instant on another machine. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** What a program is told; that no part is all zeros is checked besides. */
const AREA_CODE_FORM = '^[1-9]\\d(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?$';

/** An existing calendar date in China, `YYYY-MM-DD`, from 1900 to 2199. */
export function IsChinaDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isChinaDate',
      validator: { validate: isRecentDate, defaultMessage: () => 'must be a date YYYY-MM-DD' },
    },
    options,
  );
}

/** An ISO-8601 date and time with `Z` or an offset, from 1900 to 2199. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          isRecentDate(INSTANT.exec(value)?.[1]) &&
          !Number.isNaN(Date.parse(value)),
        defaultMessage: () => 'must be an ISO 8601 date and time with a zone',
      },
    },
    options,
  );
}

/**
 * The code of a place, and so a prefix of the codes of all places in it: `99990` would be a prefix of another
 * district's. Spaces and what cannot be seen are dropped.
 */
export function IsAreaCode(options?: ValidationOptions): PropertyDecorator {
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? normalizeIdentifier(value) : Array.isArray(value) ? value.map(clean) : value;
  const decorators = [
    Transform(({ value }: { value: unknown }) => clean(value)),
    ValidateBy(
      {
        name: 'isAreaCode',
        validator: {
          validate: (value: unknown) => typeof value === 'string' && isAreaCode(value),
          defaultMessage: () => 'must be an area code',
        },
      },
      options,
    ),
  ];
  // For a list the description would have to be one of its entries.
  return applyDecorators(...decorators, ...(options?.each ? [] : [ApiProperty({ pattern: AREA_CODE_FORM })]));
}

/** At most so many characters, as the database and `maxLength` of JSON Schema count: class-validator counts others. */
export function MaxLength(max: number, options?: ValidationOptions): PropertyDecorator {
  return ofLength('maxLength', (text) => !isLongerThan(text, max), options);
}

/** At least so many characters. */
export function MinLength(min: number, options?: ValidationOptions): PropertyDecorator {
  return ofLength('minLength', (text) => characterCount(text) >= min, options);
}

/** From so many to so many characters. */
export function Length(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  return ofLength('isLength', (text) => !isLongerThan(text, max) && characterCount(text) >= min, options);
}

function ofLength(
  name: string,
  fits: (text: string) => boolean,
  options: ValidationOptions | undefined,
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && fits(value),
        defaultMessage: () => 'has a length that is not allowed',
      },
    },
    options,
  );
}

function isRecentDate(value: unknown): boolean {
  return typeof value === 'string' && /^(19|20|21)/.test(value) && isChinaDate(value);
}

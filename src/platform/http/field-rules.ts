import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isChinaDate } from '#libs/kernel';

/** With a zone: without one the same text would mean another instant on another machine. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

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

/** Text that says something: not only spaces. */
export function IsNotBlank(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isNotBlank',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && value.trim() !== '',
        defaultMessage: () => 'must not be blank',
      },
    },
    options,
  );
}

function isRecentDate(value: unknown): boolean {
  return typeof value === 'string' && /^(19|20|21)/.test(value) && isChinaDate(value);
}

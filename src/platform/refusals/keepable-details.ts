import type { ErrorDetails, JsonValue } from '#libs/kernel';

const MOST_ENTRIES = 20;
const LONGEST_WORD = 200;
const LONGEST_JSON = 4_000;
/** Stands for what was left out, so that the text of the refusal can still be read. */
const LEFT_OUT = '…';

/** Ids, dates, instants and names of the product's own; what somebody typed has capitals, blanks or characters. */
const KEEPABLE = [
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?Z)?$/,
  /^[a-z][a-z0-9]{0,39}([.-][a-z0-9]{1,40}){0,5}$/,
];

/**
 * What may be kept of the details of a refusal. They carry no personal data by rule; a text is kept all the same only
 * when it cannot be any: of everything else the record outlives the request for months.
 * @returns undefined when nothing is left or it is too long
 */
export function keepableDetails(details: ErrorDetails | undefined): ErrorDetails | undefined {
  if (details === undefined) return undefined;
  const kept = keepableEntries(details);
  const size = JSON.stringify(kept).length;
  return size <= LONGEST_JSON / 2 ? kept : undefined;
}

function keepableEntries(details: ErrorDetails): ErrorDetails {
  const entries = Object.entries(details).slice(0, MOST_ENTRIES);
  return Object.fromEntries(entries.map(([name, value]) => [name, keepable(value)]));
}

function keepable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return KEEPABLE.some((form) => form.test(value)) ? value : LEFT_OUT;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (isList(value)) return value.slice(0, MOST_ENTRIES).map(keepable);
  return isWords(value) ? { zh: value.zh, en: value.en } : LEFT_OUT;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** States, acts and roles in both languages come from the product's declarations. */
function isWords(value: object): value is { zh: string; en: string } {
  const { zh, en } = value as { zh?: unknown; en?: unknown };
  return [zh, en].every((word) => typeof word === 'string' && word.length <= LONGEST_WORD);
}

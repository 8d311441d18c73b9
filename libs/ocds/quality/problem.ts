/** A breach of the standard's rules at one place of a release. */
export interface Problem {
  /** JSON pointer (RFC 6901) inside the release; where a field is missing, the object that lacks it. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** The standard's rules, each with the JSON Schema keyword that states it in the official schema. */
export const PROBLEM_KEYWORDS = {
  'wrong-type': 'type',
  'missing-field': 'required',
  'not-in-codelist': 'enum',
  'bad-format': 'format', // and `pattern`, which only packages use
  'empty-text': 'minLength',
  'too-few-items': 'minItems',
  'too-few-fields': 'minProperties',
  'repeated-item': 'uniqueItems',
  'too-deep': 'depth',
} as const;

export type ProblemCode = keyof typeof PROBLEM_KEYWORDS;

/** The problem code for a JSON Schema keyword, `schema-<keyword>` for one the standard does not use. */
export function codeOfKeyword(keyword: string): string {
  const entry = Object.entries(PROBLEM_KEYWORDS).find(
    ([, stated]) => stated === (keyword === 'pattern' ? 'format' : keyword),
  );
  return entry?.[0] ?? `schema-${keyword}`;
}

/** Escapes one step of a JSON pointer. */
export function pointerStep(step: string): string {
  // Names of the standard never need escaping, and this runs for every field of every release.
  const plain = !step.includes('~') && !step.includes('/');
  return plain ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Text of a release in a report: a hostile id or field name can be megabytes long. */
export const short = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/**
 * Collects problems up to a limit and counts the rest: a hostile release can hold millions of them, and the
 * report on it must stay small.
 */
export class ProblemList {
  readonly problems: Problem[] = [];
  omitted = 0;

  constructor(private readonly limit: number) {}

  add(pointer: string, code: string, message: string): void {
    if (this.problems.length < this.limit) {
      this.problems.push({ pointer: short(pointer, 1000), code, message: short(message, 300) });
    } else this.omitted += 1;
  }
}

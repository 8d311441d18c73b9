import type { Issue } from '../errors.js';

/** Bounds that keep every sum of scaled scores far below 2^53 and every loop finite. */
export const LIMITS = { bids: 1_000, evaluators: 101, criteria: 200, offerFen: 10n ** 15n } as const;

export interface ParsedCriterion {
  readonly id: string;
  readonly max: number;
  readonly bands: readonly (readonly [number, number])[];
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

// A newline or another control character in an id would make the hashed draw ambiguous.
const UNSAFE_ID = /[\u0000-\u001f\u007f]/;

export function checkId(id: string, path: string, issues: Issue[]): void {
  if (id.length === 0 || id.length > 200 || UNSAFE_ID.test(id)) {
    issues.push({
      code: 'id.invalid',
      path,
      message: 'an id has 1 to 200 characters, none of them a control',
    });
  }
}

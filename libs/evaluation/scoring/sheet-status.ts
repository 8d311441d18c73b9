import type { Criterion, ScoreSheet } from '../types.js';
import { parseScaled } from './arithmetic.js';

export interface SheetProblem {
  readonly criterionId: string;
  readonly code: 'missing' | 'not-a-decimal' | 'over-maximum' | 'outside-bands' | 'unknown-criterion';
}

/** What keeps one sheet from being signed; empty when it may be. For feedback while an evaluator is typing. */
export function sheetProblems(
  sheet: Pick<ScoreSheet, 'scores'>,
  criteria: readonly Criterion[],
): SheetProblem[] {
  const known = new Set(criteria.map((criterion) => criterion.id));
  const unknown = Object.keys(sheet.scores)
    .filter((id) => !known.has(id))
    .map((criterionId): SheetProblem => ({ criterionId, code: 'unknown-criterion' }));
  const wrong = criteria.flatMap((criterion): SheetProblem[] => {
    const text = Object.hasOwn(sheet.scores, criterion.id) ? sheet.scores[criterion.id] : undefined;
    const code = text === undefined ? 'missing' : scoreProblem(text, criterion);
    return code === null ? [] : [{ criterionId: criterion.id, code }];
  });
  return [...wrong, ...unknown];
}

function scoreProblem(text: string, criterion: Criterion): SheetProblem['code'] | null {
  const score = parseScaled(text);
  if (score < 0) return 'not-a-decimal';
  if (score > parseScaled(criterion.max)) return 'over-maximum';
  const bands = criterion.bands ?? [];
  const inside = bands.some((band) => score >= parseScaled(band.from) && score <= parseScaled(band.to));
  return bands.length > 0 && !inside ? 'outside-bands' : null;
}

export interface MissingSheet {
  readonly evaluatorId: string;
  readonly bidId: string;
}

/** The sheets still to come: every evaluator scores every qualified bid. */
export function missingSheets(
  evaluators: readonly string[],
  bidIds: readonly string[],
  sheets: readonly Pick<ScoreSheet, 'evaluatorId' | 'bidId'>[],
): MissingSheet[] {
  const present = new Set(sheets.map((sheet) => JSON.stringify([sheet.evaluatorId, sheet.bidId])));
  return evaluators.flatMap((evaluatorId) =>
    bidIds
      .filter((bidId) => !present.has(JSON.stringify([evaluatorId, bidId])))
      .map((bidId) => ({ evaluatorId, bidId })),
  );
}

import type { Issue } from '../errors.js';
import type { EvaluationInput, ScoreSheet } from '../types.js';
import { parseScaled } from './arithmetic.js';
import { byText, checkId, LIMITS, type ParsedCriterion } from './parse-checks.js';

function insideBands(score: number, criterion: ParsedCriterion): boolean {
  if (criterion.bands.length === 0) return true;
  for (const [from, to] of criterion.bands) if (score >= from && score <= to) return true;
  return false;
}

function parseSheet(
  sheet: ScoreSheet,
  at: number,
  criteria: readonly ParsedCriterion[],
  issues: Issue[],
): number[] {
  const row = new Array<number>(criteria.length);
  let given = 0;
  for (let index = 0; index < criteria.length; index += 1) {
    const criterion = criteria[index] as ParsedCriterion;
    const text = Object.hasOwn(sheet.scores, criterion.id) ? sheet.scores[criterion.id] : undefined;
    row[index] = 0;
    if (text === undefined) {
      issues.push({
        code: 'sheet.incomplete',
        path: `sheets[${at}].scores`,
        message: `${sheet.evaluatorId} gave ${sheet.bidId} no score for ${criterion.id}`,
      });
      continue;
    }
    given += 1;
    const score = parseScaled(text);
    const path = `sheets[${at}].scores.${criterion.id}`;
    if (score < 0)
      issues.push({ code: 'score.not-decimal', path, message: 'a score is a plain decimal as text' });
    else if (score > criterion.max)
      issues.push({ code: 'score.over-maximum', path, message: 'above the maximum' });
    else if (!insideBands(score, criterion)) {
      issues.push({ code: 'score.outside-bands', path, message: 'outside every band of the criterion' });
    }
    row[index] = score;
  }
  if (Object.keys(sheet.scores).length > given) {
    issues.push({
      code: 'sheet.unknown-criterion',
      path: `sheets[${at}].scores`,
      message: 'scores an unstated criterion',
    });
  }
  return row;
}

/** Every evaluator must have scored every qualified bid on every criterion, once. */
export function parseSheets(
  input: EvaluationInput,
  criteria: readonly ParsedCriterion[],
  bids: readonly { readonly bidId: string }[],
  issues: Issue[],
): { evaluators: string[]; scores: number[][][] } {
  if (input.method === 'lowest-evaluated-price') return { evaluators: [], scores: bids.map(() => []) };
  const known = new Set(input.bids.map((bid) => bid.bidId));
  const evaluators = [...new Set(input.evaluators ?? input.sheets.map((sheet) => sheet.evaluatorId))].sort(
    byText,
  );
  const column = new Map(evaluators.map((id, index) => [id, index]));
  const rows = new Map(bids.map((bid) => [bid.bidId, new Array<number[] | undefined>(evaluators.length)]));
  if ((evaluators.length === 0 && bids.length > 0) || evaluators.length > LIMITS.evaluators) {
    issues.push({
      code: 'evaluators.count',
      path: 'sheets',
      message: `1 to ${LIMITS.evaluators} evaluators`,
    });
  }
  evaluators.forEach((id) => {
    checkId(id, 'evaluators', issues);
  });
  input.sheets.forEach((sheet, at) => {
    const place = column.get(sheet.evaluatorId);
    if (place === undefined || !known.has(sheet.bidId)) {
      issues.push({
        code: 'sheet.stranger',
        path: `sheets[${at}]`,
        message: 'not of this committee or not a bid here',
      });
      return;
    }
    const mine = rows.get(sheet.bidId);
    // The sheets of an excluded bid decide nothing: they may be unfinished.
    if (mine === undefined) return;
    if (mine[place] !== undefined) {
      issues.push({
        code: 'sheet.duplicate',
        path: `sheets[${at}]`,
        message: 'a second sheet for the same bid',
      });
    }
    mine[place] = parseSheet(sheet, at, criteria, issues);
  });
  const scores = bids.map((bid) =>
    evaluators.map((evaluatorId, place) => {
      const row = rows.get(bid.bidId)?.[place];
      if (row === undefined) {
        issues.push({
          code: 'sheet.missing',
          path: 'sheets',
          message: `${evaluatorId} has not scored ${bid.bidId}`,
        });
      }
      return row ?? criteria.map(() => 0);
    }),
  );
  return { evaluators, scores };
}

import { Injectable } from '@nestjs/common';
import type { JsonValue } from '#libs/kernel';
import { type Criterion, type ScoreSheet, sheetProblems } from '#libs/evaluation';
import { UnitOfWork } from '#platform';
import { evaluatingErrors } from './evaluating.errors.js';

/** {bidId: {criterionId: '8.5'}} */
export type Scores = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface OwnSheet {
  readonly scores: Scores;
  readonly dissent: string | null;
  /** ISO-8601 UTC; null while it can be changed. */
  readonly signedAt: string | null;
}

/**
 * Score sheets. Row-level security shows a transaction only the sheet of the evaluator for whom it acts, until
 * everybody has signed; a trigger keeps a signed one as it is.
 */
@Injectable()
export class ScoreSheets {
  constructor(private readonly uow: UnitOfWork) {}

  async own(tenderId: string, accountId: string): Promise<OwnSheet | undefined> {
    await this.actFor(accountId);
    return this.uow.one<OwnSheet>(
      `SELECT scores, dissent, to_char(signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "signedAt"
       FROM procurement.score_sheet WHERE tender_id = $1 AND account_id = $2`,
      [tenderId, accountId],
    );
  }

  async save(tenderId: string, accountId: string, scores: Scores, at: Date): Promise<void> {
    await this.actFor(accountId);
    await this.uow.sql(
      `INSERT INTO procurement.score_sheet (tender_id, account_id, scores, saved_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT score_sheet_pk DO UPDATE SET scores = excluded.scores, saved_at = excluded.saved_at`,
      [tenderId, accountId, JSON.stringify(scores), at],
    );
  }

  async sign(tenderId: string, accountId: string, dissent: string | null, at: Date): Promise<void> {
    await this.actFor(accountId);
    await this.uow.sql(
      `UPDATE procurement.score_sheet SET signed_at = $4, dissent = $3
       WHERE tender_id = $1 AND account_id = $2`,
      [tenderId, accountId, dissent, at],
    );
  }

  /** All signed sheets, once the tender is evaluated; before, at most one's own. */
  async signed(tenderId: string): Promise<ScoreSheet[]> {
    const rows = await this.uow.sql<{ account_id: string; scores: Scores }>(
      `SELECT account_id, scores FROM procurement.score_sheet
       WHERE tender_id = $1 AND signed_at IS NOT NULL ORDER BY account_id`,
      [tenderId],
    );
    return rows.flatMap(({ account_id, scores }) =>
      Object.entries(scores).map(([bidId, given]) => ({ evaluatorId: account_id, bidId, scores: given })),
    );
  }

  private async actFor(accountId: string): Promise<void> {
    this.uow.mustBeActive('scoreSheets.actFor');
    await this.uow.sql("SELECT set_config('linqiao.account_id', $1, true)", [accountId]);
  }
}

/**
 * @param complete every qualified bid on every criterion, as it must be for signing
 * @throws DomainError procurement.sheet-invalid with each problem
 */
export function mustBeValidSheet(
  scores: Scores,
  criteria: readonly Criterion[],
  qualifiedBidIds: readonly string[],
  complete: boolean,
): void {
  const problems = Object.keys(scores)
    .filter((bidId) => !qualifiedBidIds.includes(bidId))
    .map((bidId): JsonValue => ({ bidId, code: 'not-a-qualified-bid' }));
  for (const bidId of qualifiedBidIds) {
    for (const { criterionId, code } of sheetProblems({ scores: scores[bidId] ?? {} }, criteria)) {
      if (complete || code !== 'missing') problems.push({ bidId, criterionId, code });
    }
  }
  if (problems.length > 0)
    throw evaluatingErrors.sheetInvalid({ count: problems.length, problems: problems.slice(0, 100) });
}

import { Injectable } from '@nestjs/common';
import { type Criterion, type ScoreSheet, sheetProblems } from '#libs/evaluation';
import type { JsonValue } from '#libs/kernel';
import { db, instant, query, sql, UnitOfWork } from '#platform';
import type { BidOfTender } from '../bidding/bids.read.js';
import { onlyLotOf } from '../tendering/lots.js';
import type { TenderState } from '../tendering/tender.state.js';
import { evaluatingErrors } from './evaluating.errors.js';

/** {bidId: {criterionId: '8.5'}} */
export type Scores = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface OwnSheet {
  readonly scores: Scores;
  readonly dissent: string | null;
  /** ISO-8601 UTC; null while it can be changed. */
  readonly signedAt: string | null;
}

/** Whose sheet on which tender, for its only lot. */
export interface Scorer {
  readonly tenderId: string;
  readonly accountId: string;
}

/** For the rest of the transaction; reset at its end, so a pooled connection carries nobody's view on. */
const actForAccount = query((p: { accountId: string }) =>
  db.selectNoFrom(sql<string>`set_config('linqiao.account_id', ${p.accountId}, true)`.as('set')),
);

const sheetOf = query((p: Scorer) =>
  db
    .selectFrom('procurement.score_sheet as s')
    .select(['s.scores', 's.dissent'])
    .select((eb) => instant(eb.ref('s.signed_at')).as('signedAt'))
    .where('s.lot_id', '=', onlyLotOf(p.tenderId))
    .where('s.account_id', '=', p.accountId),
);

const saveSheet = query((p: Scorer & { scores: string; savedAt: Date }) =>
  db
    .insertInto('procurement.score_sheet')
    .values({
      tender_id: p.tenderId,
      lot_id: onlyLotOf(p.tenderId),
      account_id: p.accountId,
      scores: p.scores,
      saved_at: p.savedAt,
    })
    .onConflict((conflict) =>
      conflict.constraint('score_sheet_pk').doUpdateSet((eb) => ({
        scores: eb.ref('excluded.scores'),
        saved_at: eb.ref('excluded.saved_at'),
      })),
    ),
);

const signSheet = query((p: Scorer & { dissent: string | null; signedAt: Date }) =>
  db
    .updateTable('procurement.score_sheet')
    .set({ signed_at: p.signedAt, dissent: p.dissent })
    .where('lot_id', '=', onlyLotOf(p.tenderId))
    .where('account_id', '=', p.accountId),
);

const signedSheets = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.score_sheet')
    .select(['account_id as accountId', 'scores'])
    .where('lot_id', '=', onlyLotOf(p.tenderId))
    .where('signed_at', 'is not', null)
    .orderBy('account_id'),
);

/**
 * Score sheets. Row-level security shows a transaction only the sheet of the evaluator for whom it acts, until
 * everybody has signed; a trigger keeps a signed one as it is.
 */
@Injectable()
export class ScoreSheets {
  constructor(private readonly uow: UnitOfWork) {}

  async own(scorer: Scorer): Promise<OwnSheet | undefined> {
    await this.actFor(scorer);
    const sheet = await this.uow.first(sheetOf, scorer);
    return sheet && { ...sheet, scores: sheet.scores as unknown as Scores };
  }

  async save(scorer: Scorer, scores: Scores, savedAt: Date): Promise<void> {
    await this.actFor(scorer);
    await this.uow.all(saveSheet, { ...scorer, scores: JSON.stringify(scores), savedAt });
  }

  async sign(scorer: Scorer, dissent: string | null, signedAt: Date): Promise<void> {
    await this.actFor(scorer);
    await this.uow.all(signSheet, { ...scorer, dissent, signedAt });
  }

  /** All signed sheets, once the tender is evaluated; before, at most one's own. */
  async signed(tenderId: string): Promise<ScoreSheet[]> {
    const sheets = await this.uow.all(signedSheets, { tenderId });
    return sheets.flatMap(({ accountId, scores }) =>
      Object.entries(scores as unknown as Scores).map(([bidId, given]) => ({
        evaluatorId: accountId,
        bidId,
        scores: given,
      })),
    );
  }

  private async actFor({ accountId }: Scorer): Promise<void> {
    this.uow.mustBeActive('scoreSheets.actFor');
    await this.uow.first(actForAccount, { accountId });
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

/** The bids that are scored, once it is decided on all of them. @throws DomainError procurement.qualification-pending */
export function mustBeQualified(
  tender: { readonly state: TenderState },
  bids: readonly Pick<BidOfTender, 'id' | 'state'>[],
): string[] {
  const decided = bids.every(({ state }) => state !== 'opened' && state !== 'unreadable');
  if (tender.state !== 'evaluating' || !decided) throw evaluatingErrors.qualificationPending();
  return bids.filter(({ state }) => state === 'qualified').map(({ id }) => id);
}

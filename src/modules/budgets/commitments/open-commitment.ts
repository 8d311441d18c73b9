import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Money, newId } from '#libs/kernel';
import { CLOCK, statement, UnitOfWork } from '#platform';
import { ledgerErrors } from '../ledger/ledger.errors.js';
import { fiscalYearOf, mustBeUsableIn } from '../lines/fiscal-year.js';

export interface CommitmentToOpen {
  /** What was decided that binds the money. */
  readonly source: { readonly kind: 'award'; readonly id: string };
  readonly tenderId: string;
  readonly lineId: string;
  readonly amount: Money;
}

/** A line on which a commitment is made. */
interface LineOfCommitment {
  readonly fiscalYear: number;
  readonly carriesOverTo: number | null;
  readonly reservationStage: 'publication' | 'award';
  /** Null while somebody else is just opening it. */
  readonly commitmentId: string | null;
  readonly isElsewhere: boolean;
}

export type OpenedCommitment = LineOfCommitment & { readonly commitmentId: string };

/**
 * One statement for what the ledger needs to know of the line and for the two rows, because awards meet on hot lines.
 * Whose tender or commitment has its money on another line already is told so, and not judged here.
 */
const openCommitment = statement<LineOfCommitment>(
  'budgets.open-commitment',
  `
  WITH line AS (
    SELECT id, fiscal_year, carries_over_to, reservation_stage, buyer_organization_id
    FROM budgets.budget_line WHERE id = $1
  ), known AS (
    SELECT id FROM budgets.commitment WHERE source_kind = $3 AND source_id = $4
  ), opened AS (
    INSERT INTO budgets.commitment (id, source_kind, source_id, track, made_at)
    SELECT $2::uuid, $3::text, $4::uuid, $5::text, $6::timestamptz FROM line
    ON CONFLICT ON CONSTRAINT commitment_once_per_source DO NOTHING
    RETURNING id
  ), funded AS (
    INSERT INTO budgets.funding (commitment_id, fiscal_year, budget_line_id, buyer_organization_id, amount_fen)
    SELECT opened.id, $7::int, line.id, line.buyer_organization_id, $8::bigint FROM opened CROSS JOIN line
  )
  SELECT line.fiscal_year AS "fiscalYear", line.carries_over_to AS "carriesOverTo",
    line.reservation_stage AS "reservationStage",
    coalesce((SELECT id FROM opened), (SELECT id FROM known)) AS "commitmentId",
    EXISTS (SELECT FROM known JOIN budgets.funding f ON f.commitment_id = known.id
            WHERE f.budget_line_id <> line.id)
      OR EXISTS (SELECT FROM budgets.account a
                 WHERE a.subject_id = $9 AND a.kind = 'reserved' AND a.line_id <> line.id) AS "isElsewhere"
  FROM line`,
);

/** Makes the commitment of an award, funded by one line, in the caller's transaction; or finds the one it has. */
@Injectable()
export class OpenCommitment {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError budgets.line-not-found, line-of-other-year, subject-on-other-line */
  async execute({ source, tenderId, lineId, amount }: CommitmentToOpen): Promise<OpenedCommitment> {
    const now = this.clock.now();
    const year = fiscalYearOf(now);
    const track = 'purchase';
    const fen = amount.toBigInt().toString();
    const values = [lineId, newId(), source.kind, source.id, track, now, year, fen, tenderId];
    // Whoever waited for another's row cannot see it in the statement that waited.
    const [line] = await this.uow.rowsOf(openCommitment, values);
    const found = line?.commitmentId === null ? (await this.uow.rowsOf(openCommitment, values))[0] : line;
    if (found === undefined) throw ledgerErrors.lineNotFound();
    mustBeUsableIn(found, year);
    if (found.isElsewhere) throw ledgerErrors.subjectOnOtherLine();
    const { commitmentId } = found;
    if (commitmentId === null) throw new Error('A commitment that was there is never deleted');
    return { ...found, commitmentId };
  }
}

import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageQuery, UnitOfWork } from '#platform';
import { BudgetLineAccess } from './budget-line.access.js';
import type { TransferResponse } from './http/transfer.response.js';

const ORDER = new Keyset('-id', [{ sql: 't.id', cast: 'uuid' }], 'desc');

/** What was posted on a line, the newest first. */
@Injectable()
export class ListTransfers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly budgets: BudgetLineAccess,
  ) {}

  async execute(lineId: string, query: PageQuery): Promise<Page<TransferResponse>> {
    await this.budgets.lineFor('view', lineId);
    const parameters: unknown[] = [lineId, query.limit + 1];
    const rows = await this.uow.sql<Omit<TransferResponse, 'postedAt'> & { postedAt: Date }>(
      `SELECT t.id, t.type, t.debit_kind AS debit, t.credit_kind AS credit, t.amount_fen::float8 AS "amountFen",
         t.tender_id AS "tenderId", t.award_id AS "awardId", t.milestone_id AS "milestoneId",
         t.resolves_id AS "resolvesId", t.reverses_id AS "reversesId", t.reason, p.document_type AS "documentType",
         p.document_id AS "documentId", p.actor_id AS "actorId", t.posted_at AS "postedAt"
       FROM budgets.transfer t JOIN budgets.posting p ON p.id = t.posting_id
       WHERE t.line_id = $1 AND ${ORDER.after(query.cursor, parameters)}
       ${ORDER.orderBy} LIMIT $2`,
      parameters,
    );
    return ORDER.page(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => ({ ...row, postedAt: row.postedAt.toISOString() }),
    );
  }
}

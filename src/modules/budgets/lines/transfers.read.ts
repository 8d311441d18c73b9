import { Injectable } from '@nestjs/common';
import { db, fen, instant, Keyset, type Page, pageOf, type PageQuery, UnitOfWork } from '#platform';
import { BudgetLineAccess } from './budget-line.access.js';
import type { TransferResponse } from './http/transfer.response.js';
import { linesPermissions } from './lines.permissions.js';

const newestFirst = new Keyset('-id', [{ sql: 't.id', cast: 'uuid' }], 'desc');

const transfersOf = (lineId: string) =>
  db
    .selectFrom('budgets.transfer as t')
    .innerJoin('budgets.posting as p', 'p.id', 't.posting_id')
    .leftJoin('budgets.commitment as c', (join) =>
      join.onRef('c.id', '=', 't.commitment_id').on('c.source_kind', '=', 'award'),
    )
    .select([
      't.id',
      't.type',
      't.debit_kind as debit',
      't.credit_kind as credit',
      't.tender_id as tenderId',
      'c.source_id as awardId',
      't.milestone_id as milestoneId',
      't.resolves_id as resolvesId',
      't.reverses_id as reversesId',
      't.reason',
      'p.document_type as documentType',
      'p.document_id as documentId',
      'p.actor_id as actorId',
    ])
    .select((eb) => [
      fen(eb.ref('t.amount_fen')).as('amountFen'),
      instant(eb.ref('t.posted_at')).as('postedAt'),
    ])
    .where('t.line_id', '=', lineId);

/** What was posted on a line. */
@Injectable()
export class TransferReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BudgetLineAccess,
  ) {}

  /** The newest first. @throws DomainError platform.not-found when the line is not there or not in the reader's areas */
  async list(lineId: string, page: PageQuery): Promise<Page<TransferResponse>> {
    await this.access.mustReach(lineId, linesPermissions.view);
    return pageOf(this.uow, newestFirst, page, transfersOf(lineId));
  }
}

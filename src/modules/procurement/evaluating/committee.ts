import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { committeeRule } from '#libs/evaluation';
import { platformErrors, UnitOfWork } from '#platform';
import type { BidState } from '../bidding/bid.state.js';
import type { EvaluatorState } from './evaluator.state.js';
import { rulesOf } from '../tendering/method-rules.js';
import type { Tender } from '../tendering/tender.entity.js';

export interface EvaluatorRow {
  readonly accountId: string;
  readonly state: EvaluatorState;
}
export interface BidRow {
  readonly id: string;
  readonly organizationId: string;
  readonly offerFen: number | null;
  readonly state: BidState;
}

/** The evaluators and bids of one tender, as the use cases of the evaluation need them. */
@Injectable()
export class Committee {
  constructor(private readonly uow: UnitOfWork) {}

  evaluators(tenderId: string): Promise<EvaluatorRow[]> {
    return this.uow.sql<EvaluatorRow>(
      `SELECT account_id AS "accountId", state FROM procurement.evaluator WHERE tender_id = $1 ORDER BY account_id`,
      [tenderId],
    );
  }

  /** @throws DomainError platform.not-found for somebody who was not appointed */
  async evaluator(tenderId: string, accountId: string): Promise<EvaluatorRow> {
    const row = (await this.evaluators(tenderId)).find((entry) => entry.accountId === accountId);
    if (!row) throw platformErrors.notFound();
    return row;
  }

  bids(tenderId: string): Promise<BidRow[]> {
    return this.uow.sql<BidRow>(
      `SELECT id, organization_id AS "organizationId", offer_fen::float8 AS "offerFen", state
       FROM procurement.bid WHERE tender_id = $1 ORDER BY id`,
      [tenderId],
    );
  }

  async change(
    tenderId: string,
    accountId: string,
    state: EvaluatorState,
    at: Date,
    interests: readonly string[] = [],
  ) {
    await this.uow.sql(
      `UPDATE procurement.evaluator SET state = $3, interests = $5, declared_at = coalesce(declared_at, $4),
         signed_at = CASE WHEN $3 = 'signed' THEN $4::timestamptz END
       WHERE tender_id = $1 AND account_id = $2`,
      [tenderId, accountId, state, at, interests],
    );
  }
}

/** How many sit on it at least, an odd number (财库〔2014〕214号 第十四条; 财政部令第87号 第四十七条). */
export function leastCommittee(tender: Tender, now: Date): number {
  return committeeRule({
    procedure: rulesOf(tender.method).committee,
    budgetFen: tender.ceiling.toBigInt(),
    complex: false,
    on: chinaDate(tender.publishedAt ?? now),
  }).minimumSize;
}

export function isLawfulSize(size: number, least: number): boolean {
  return size >= least && size % 2 === 1;
}

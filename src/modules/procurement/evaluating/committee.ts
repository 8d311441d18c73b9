import { Injectable } from '@nestjs/common';
import { committeeRule } from '#libs/evaluation';
import { chinaDate } from '#libs/kernel';
import { db, platformErrors, query, UnitOfWork } from '#platform';
import { rulesOf } from '../tendering/method-rules.js';
import type { Tender } from '../tendering/tender.entity.js';

const evaluatorsOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.evaluator')
    .select(['id', 'account_id as accountId', 'state'])
    .where('tender_id', '=', p.tenderId)
    .orderBy('account_id'),
);

/** Who sits on the committee of a tender. */
@Injectable()
export class Committee {
  constructor(private readonly uow: UnitOfWork) {}

  evaluators(tenderId: string) {
    return this.uow.all(evaluatorsOf, { tenderId });
  }

  /** @throws DomainError platform.not-found for somebody who was not appointed */
  async evaluator(tenderId: string, accountId: string) {
    const seat = (await this.evaluators(tenderId)).find((entry) => entry.accountId === accountId);
    if (!seat) throw platformErrors.notFound();
    return seat;
  }
}

/** How many sit on it at least, an odd number (财库〔2014〕214号 第十四条; 财政部令第87号 第四十七条). */
export function leastCommittee(
  tender: Pick<Tender, 'method' | 'ceiling' | 'publishedAt'>,
  now: Date,
): number {
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

import { Injectable } from '@nestjs/common';
import { db, fen, instant, platformErrors, query, UnitOfWork } from '#platform';

const awardById = query((p: { awardId: string }) =>
  db
    .selectFrom('procurement.award as a')
    .innerJoin('procurement.tender as t', 't.id', 'a.tender_id')
    .select([
      'a.id as awardId',
      'a.tender_id as tenderId',
      't.plan_item_id as planItemId',
      'a.bid_id as bidId',
      't.title',
      't.area_code as areaCode',
      't.buyer_organization_id as buyerOrganizationId',
      'a.organization_id as supplierOrganizationId',
      't.budget_line_id as budgetLineId',
      't.service_kind as serviceKind',
      'a.awarded_by as awardedBy',
    ])
    .select((eb) => [
      fen(eb.ref('a.amount_fen')).as('amountFen'),
      fen(eb.ref('a.ceiling_fen')).as('ceilingFen'),
      instant(eb.ref('a.awarded_at')).as('awardedAt'),
    ])
    .where('a.id', '=', p.awardId),
);

/** An award as the modules above need it: who delivers what for whom, from which money, and who decided so. */
export type AwardView = Awaited<ReturnType<AwardReads['award']>>;

@Injectable()
export class AwardReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** Whoever asks answers for who may see the answer. @throws DomainError platform.not-found */
  async award(awardId: string) {
    const award = await this.uow.first(awardById, { awardId });
    if (!award) throw platformErrors.notFound();
    return award;
  }
}

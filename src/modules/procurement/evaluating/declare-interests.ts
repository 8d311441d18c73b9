import { Injectable } from '@nestjs/common';
import { AuditTrail, UnitOfWork } from '#platform';
import { BiddingAccess } from '../bidding/bidding.access.js';
import { evaluatorStates } from './evaluator.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { Committee } from './committee.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** 政府采购法实施条例 第九条: within three years, or by kinship. Kinds only: no details about persons are kept. */
export const INTERESTS = ['employment', 'director-or-supervisor', 'controller', 'kinship', 'other'] as const;
export type Interest = (typeof INTERESTS)[number];

/** An evaluator says whether anything binds him to a bidder. Whoever has an interest steps aside. */
@Injectable()
export class DeclareInterests {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly bidding: BiddingAccess,
    private readonly tenders: TenderRepository,
    private readonly committee: Committee,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns whether the evaluator may score */
  async execute(tenderId: string, declared: readonly Interest[]): Promise<{ cleared: boolean }> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      const evaluator = await this.committee.evaluator(tenderId, accountId);
      const interests = [...new Set<string>(declared)];
      if (await this.worksForBidder(tenderId)) interests.push('staff-of-bidder');
      // An interest may come to light later; that there is none is said once.
      if (interests.length === 0 && evaluator.state !== 'appointed')
        throw evaluatingErrors.declarationMadeAlready();
      const state = evaluatorStates.next(
        evaluator.state,
        interests.length > 0 ? 'declare-interest' : 'declare-none',
      );
      await this.committee.change(tenderId, accountId, state, await this.tenders.databaseTime(), interests);
      await this.audit.record({
        action: 'procurement.declare-interests',
        objectType: 'tender',
        objectId: tenderId,
        after: { state },
      });
      return { cleared: state === 'cleared' };
    });
  }

  private async worksForBidder(tenderId: string): Promise<boolean> {
    const own = this.bidding.ownOrganizations();
    return (await this.committee.bids(tenderId)).some(({ organizationId }) => own.includes(organizationId));
  }
}

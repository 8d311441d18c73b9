import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { BiddingAccess } from '../bidding/bidding.access.js';
import { BidReads } from '../bidding/bids.read.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { Committee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import type { Evaluator, Interest } from './evaluator.entity.js';
import { evaluatorObject } from './evaluator.object.js';

/** An evaluator says whether anything binds them to a bidder. Whoever has an interest steps aside. */
@Injectable()
export class DeclareInterests {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly bidding: BiddingAccess,
    private readonly committee: Committee,
    private readonly bids: BidReads,
  ) {}

  /**
   * An interest may come to light later; that there is none is said once.
   * @returns whether the evaluator may score
   * @throws DomainError procurement.declaration-made-already, state.wrong-state; platform.not-found for others
   */
  async execute(tenderId: string, declared: readonly Interest[]): Promise<{ cleared: boolean }> {
    const { id } = await this.committee.evaluator(tenderId, this.access.accountId);
    const interests: Evaluator['interests'] = [...new Set(declared)];
    if (await this.isStaffOfBidder(tenderId)) interests.push('staff-of-bidder');
    const { state } = await this.register.act(evaluatorObject, id, {
      allow: (_evaluator, { areaCode }) => {
        this.access.official(evaluatingPermissions.evaluate, areaCode);
      },
      action: (evaluator) => {
        if (interests.length > 0) return 'declare-interest';
        if (evaluator.state !== 'appointed') throw evaluatingErrors.declarationMadeAlready();
        return 'declare-none';
      },
      apply: (evaluator, { at }) => {
        evaluator.interests = interests;
        evaluator.declaredAt ??= at;
      },
    });
    return { cleared: state === 'cleared' };
  }

  private async isStaffOfBidder(tenderId: string): Promise<boolean> {
    const own = this.bidding.ownOrganizations();
    return (await this.bids.bidders(tenderId)).some((organizationId) => own.includes(organizationId));
  }
}

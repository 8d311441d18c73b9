import { Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { BidReads } from '../bidding/bids.read.js';
import type { Tender } from '../tendering/tender.entity.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';

/** Separation of duties and conflicts that the records show by themselves; the rest is declared. */
@Injectable()
export class EvaluatorEligibility {
  constructor(
    private readonly bids: BidReads,
    private readonly identity: IdentityApi,
  ) {}

  /**
   * @param known whoever was appointed before, also those who stepped aside
   * @throws DomainError procurement.evaluator-not-eligible
   */
  async mustHold(
    tender: Tender,
    accountIds: readonly string[],
    known: readonly { accountId: string }[],
  ): Promise<void> {
    const inArea = await this.identity.accountsInArea(evaluatingPermissions.evaluate, tender.areaCode);
    const staff = new Set<string>();
    for (const organizationId of await this.bids.bidders(tender.id)) {
      for (const { accountId } of await this.identity.membersOfOrganization(organizationId))
        staff.add(accountId);
    }
    const tookPart = [tender.approvedBy, ...known.map(({ accountId }) => accountId)];
    const wrong = accountIds.find(
      (id) => !inArea.includes(id) || tookPart.includes(id) || tender.wasWrittenBy(id) || staff.has(id),
    );
    if (wrong !== undefined) throw evaluatingErrors.evaluatorNotEligible({ accountId: wrong });
  }
}

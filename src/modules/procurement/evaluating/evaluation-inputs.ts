import { Injectable } from '@nestjs/common';
import { type BidInput, type EvaluationInput, withDrawSeed } from '#libs/evaluation';
import { OrganizationsApi } from '#modules/organizations';
import { BidReads } from '../bidding/bids.read.js';
import { priceRuleFor } from '../tendering/criteria-rules.js';
import { rulesOf } from '../tendering/method-rules.js';
import type { Tender } from '../tendering/tender.entity.js';
import { Committee } from './committee.js';
import { ScoreSheets } from './score-sheets.js';

/** Gathers what the ranking follows from. */
@Injectable()
export class EvaluationInputs {
  constructor(
    private readonly bids: BidReads,
    private readonly committee: Committee,
    private readonly sheets: ScoreSheets,
    private readonly organizations: OrganizationsApi,
  ) {}

  async of(tender: Tender): Promise<EvaluationInput> {
    const bids = await this.bids.of(tender.id);
    const organizations = await this.organizations.organizations(
      bids.map(({ organizationId }) => organizationId),
    );
    const evaluators = (await this.committee.evaluators(tender.id)).filter(({ state }) => state === 'signed');
    const deducts =
      tender.priceRule.kind === 'lowest-qualified-offer' &&
      tender.priceRule.smeDeductionPercent !== undefined;
    return withDrawSeed({
      method: rulesOf(tender.method).scoring,
      priceRule: priceRuleFor(tender.priceRule, tender.ceiling),
      criteria: tender.criteria,
      bids: bids.map((bid): BidInput => {
        const organization = organizations.get(bid.organizationId);
        return {
          bidId: bid.id,
          ...(bid.offerFen === null ? {} : { offerFen: bid.offerFen }),
          qualified: bid.state === 'qualified',
          smeEntitled: deducts && (organization?.smallEnterpriseEntitled ?? false),
        };
      }),
      sheets: await this.sheets.signed(tender.id),
      evaluators: evaluators.map(({ accountId }) => accountId),
      tieBreak: tender.tieBreak,
    });
  }
}

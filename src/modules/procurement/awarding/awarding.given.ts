import type { OpenedOptions, OpenedTender } from '../bidding/bidding.given.js';
import { GivenEvaluations } from '../evaluating/evaluating.given.js';
import { type Award, AwardTender } from './award-tender.js';

export class GivenAwards extends GivenEvaluations {
  async awardedTender(options: OpenedOptions = {}): Promise<OpenedTender & { award: Award }> {
    const tender = await this.evaluatedTender(options);
    const award = await this.award(tender);
    return { ...tender, award };
  }

  /** Awards the first bid, which `evaluate` ranks first. */
  award(tender: OpenedTender, at = 0): Promise<Award> {
    const bid = tender.bids[at];
    if (!bid) throw new Error('There is no such bid');
    return this.test.as(this.awarder, () =>
      this.test.get(AwardTender).execute(tender.tenderId, {
        bidId: bid.bidId,
        ...(at === 0 ? {} : { reason: '前一名书面拒绝' }),
      }),
    );
  }
}

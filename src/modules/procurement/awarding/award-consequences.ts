import { Injectable } from '@nestjs/common';
import { allowedAbove, Deadlines, Register } from '#platform';
import { bidObject } from '../bidding/bid.object.js';
import { BidReads } from '../bidding/bids.read.js';
import type { Tender } from '../tendering/tender.entity.js';

/** What an award sets off, in its transaction: winner and losers, and the legal clocks (rules-cn §2.5). */
@Injectable()
export class AwardConsequences {
  constructor(
    private readonly register: Register,
    private readonly bids: BidReads,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * @param announced the result is on the statutory medium already
   * @returns the bids for the lot that did not win, those that were not scored among them
   */
  async follow(
    tender: Tender,
    { lotId, bidId: winner }: { lotId: string; bidId: string },
    announced: boolean,
    at: Date,
  ) {
    const bids = (await this.bids.of(tender.id)).filter((bid) => bid.lotId === lotId);
    const scored = bids.filter(({ state }) => state === 'scored').map(({ id }) => id);
    await this.register.actMany(bidObject, scored, {
      action: ({ id }) => (id === winner ? 'win' : 'lose'),
      allow: allowedAbove,
    });
    const subject = { type: 'tender', id: tender.id, areaCode: tender.areaCode };
    await this.deadlines.meet('procurement.fix-winner', subject);
    await this.deadlines.start('procurement.publish-result', subject, at);
    if (announced) await this.deadlines.meet('procurement.publish-result', subject);
    await this.deadlines.start('procurement.result-notice-period', subject, at);
    await this.deadlines.start('procurement.challenge-result', subject, at);
    return bids.filter(({ id }) => id !== winner);
  }
}

import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { Figures } from '#platform';
import type { FailReason } from './end-reasons.js';
import { FailTender } from './fail-tender.js';
import { rulesOf } from './method-rules.js';
import type { Tender } from './tender.entity.js';

/** Whether enough take part; with too few the tender fails. */
@Injectable()
export class Participation {
  constructor(
    private readonly figures: Figures,
    private readonly failTender: FailTender,
  ) {}

  /**
   * At the deadline. 政府采购法 第三十六条; 财库〔2014〕214号: the exception for two does not apply yet.
   * @returns false when the tender has failed
   */
  isEnoughAtDeadline(tender: Tender, bids: number, now: Date): Promise<boolean> {
    const figure = rulesOf(tender.method).minBids;
    return this.isEnough(tender, bids, { figure, on: now, reason: 'too-few-bids' });
  }

  /**
   * While it is under way. 财库〔2015〕124号: in a purchase of services a consultation may go on with two; with one
   * it stops.
   * @returns false when the tender has failed
   */
  isEnoughDuring(tender: Tender, qualified: number): Promise<boolean> {
    const figure = rulesOf(tender.method).minBidsDuring;
    const reason = qualified === 0 ? 'none-qualified' : 'too-few-qualified';
    return this.isEnough(tender, qualified, { figure, on: tender.publishedAt ?? tender.createdAt, reason });
  }

  private async isEnough(
    tender: Tender,
    count: number,
    { figure, on, reason }: { figure: string; on: Date; reason: FailReason },
  ): Promise<boolean> {
    if (count >= (await this.figures.number(figure, tender.areaCode, chinaDate(on)))) return true;
    await this.failTender.execute(tender.id, reason);
    return false;
  }
}

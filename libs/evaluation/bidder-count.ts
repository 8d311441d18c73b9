import type { ChinaDate } from '#libs/kernel';
import { type BidderCase, DEFAULT_FIGURES, type Figure, figureOn } from './figures.js';
import type { Source } from './types.js';

export type Procedure =
  | 'open-tender'
  | 'invited-tender'
  | 'competitive-consultation'
  | 'competitive-negotiation'
  | 'inquiry'
  | 'single-source';

/** `submitted`: at the deadline; `during`: after review or in the last round of offers. */
export type CountStage = 'submitted' | 'during';

export interface BidderCount {
  readonly sufficient: boolean;
  readonly required: number;
  /** What the procedure must do when there are too few. */
  readonly consequence: 'continue' | 'fail-tender' | 'stop-and-restart';
  readonly source: Source;
}

export interface BidderCountQuery {
  readonly procedure: Procedure;
  readonly stage: CountStage;
  /** 政府购买服务项目: a consultation may go on with two once it is under way. */
  readonly purchaseOfPublicService: boolean;
  /** Qualified bidders still in the procedure. */
  readonly count: number;
  readonly on: ChinaDate;
}

function caseOf(query: BidderCountQuery): BidderCase {
  switch (query.procedure) {
    case 'open-tender':
    case 'invited-tender':
      return 'tender';
    case 'competitive-consultation':
      return query.stage === 'during' && query.purchaseOfPublicService
        ? 'consultation-public-service-during'
        : 'consultation';
    case 'competitive-negotiation':
      return 'negotiation';
    case 'inquiry':
      return 'inquiry';
    case 'single-source':
      return 'single-source';
  }
}

/** Whether enough bidders take part. Throws `evaluation.figure-not-in-force` for a day without a rule. */
export function checkBidderCount(
  query: BidderCountQuery,
  figures: readonly Figure[] = DEFAULT_FIGURES,
): BidderCount {
  const row = figureOn(figures, `minimum-bidders.${caseOf(query)}`, query.on);
  const required = Number(row.min);
  const sufficient = query.count >= required;
  const tender = query.procedure === 'open-tender' || query.procedure === 'invited-tender';
  return {
    sufficient,
    required,
    consequence: sufficient ? 'continue' : tender ? 'fail-tender' : 'stop-and-restart',
    source: row.source,
  };
}

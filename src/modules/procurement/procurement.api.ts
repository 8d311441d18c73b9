import { Injectable } from '@nestjs/common';
import { MarkContracted } from './awarding/mark-contracted.js';
import { type AwardView, AwardReads } from './awarding/awards.read.js';
import { type TenderSummary, TenderReads } from './tendering/tenders.read.js';

export type { AwardView } from './awarding/awards.read.js';
export type { TenderSummary } from './tendering/tenders.read.js';

/** The front door of procurement. Whoever asks answers for who may see the answer; writes join the caller's transaction. */
@Injectable()
export class ProcurementApi {
  constructor(
    private readonly awards: AwardReads,
    private readonly tenders: TenderReads,
    private readonly contracted: MarkContracted,
  ) {}

  /** @throws DomainError platform.not-found */
  award(awardId: string): Promise<AwardView> {
    return this.awards.award(awardId);
  }

  /** Nothing of its bids. @throws DomainError platform.not-found */
  tender(tenderId: string): Promise<TenderSummary> {
    return this.tenders.summary(tenderId);
  }

  /** The contract of the award is signed by both; again does nothing. @throws DomainError state.wrong-state */
  markContracted(tenderId: string): Promise<void> {
    return this.contracted.execute(tenderId);
  }
}

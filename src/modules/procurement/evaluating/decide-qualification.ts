import { Injectable } from '@nestjs/common';
import { platformErrors, Register, UnitOfWork } from '#platform';
import type { Bid } from '../bidding/bid.entity.js';
import { bidObject } from '../bidding/bid.object.js';
import type { BidState } from '../bidding/bid.state.js';
import { BidReads } from '../bidding/bids.read.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { Participation } from '../tendering/participation.js';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderObject } from '../tendering/tender.object.js';
import type { TenderState } from '../tendering/tender.state.js';
import { Committee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';

/** Decides whether a bid meets the requirements of the file; a refusal carries its reason to the bidder. */
@Injectable()
export class DecideQualification {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly committee: Committee,
    private readonly bids: BidReads,
    private readonly participation: Participation,
  ) {}

  /**
   * May be corrected until somebody has signed their scores. With the last decision the number of bids left is
   * judged: too few, and the tender fails.
   * @throws DomainError procurement.bid-cannot-qualify, scoring-began, bids-sealed
   */
  execute(
    tenderId: string,
    bidId: string,
    { qualified, reason }: { qualified: boolean; reason: string },
  ): Promise<{ state: BidState; tenderState: TenderState }> {
    return this.uow.run(async () => {
      const allow = ({ areaCode }: Tender) => {
        this.access.official(evaluatingPermissions.qualify, areaCode);
      };
      const tender = await this.register.locked(tenderObject, tenderId, allow);
      await this.mustBeDecidable(tender);
      const { state } = await this.register.act(bidObject, bidId, {
        allow: (bid) => {
          if (bid.tenderId !== tenderId) throw platformErrors.notFound();
        },
        action: (bid) => {
          if (qualified) mustBeAbleToQualify(bid, tender);
          return qualified ? 'qualify' : 'disqualify';
        },
        apply: (bid, { by }) => {
          bid.decisionReason = reason;
          bid.decidedBy = by;
        },
      });
      const goesOn = await this.goesOn(tender);
      return { state, tenderState: goesOn ? tender.state : 'failed' };
    });
  }

  private async mustBeDecidable({ id, openedAt, state }: Tender): Promise<void> {
    if (openedAt === null) throw evaluatingErrors.bidsSealed();
    if (state !== 'opened' && state !== 'evaluating') throw evaluatingErrors.scoringBegan();
    const evaluators = await this.committee.evaluators(id);
    if (evaluators.some((evaluator) => evaluator.state === 'signed')) throw evaluatingErrors.scoringBegan();
  }

  private async goesOn(tender: Tender): Promise<boolean> {
    const bids = await this.bids.of(tender.id);
    if (bids.some(({ state }) => state === 'opened' || state === 'unreadable')) return true;
    const left = bids.filter(({ state }) => state === 'qualified').length;
    return this.participation.isEnoughDuring(tender, left);
  }
}

function mustBeAbleToQualify({ offer }: Bid, { ceiling }: Tender): void {
  if (offer === null || offer.isGreaterThan(ceiling)) throw evaluatingErrors.bidCannotQualify();
}

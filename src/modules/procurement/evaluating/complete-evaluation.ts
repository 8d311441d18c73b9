import { Injectable } from '@nestjs/common';
import { rank } from '#libs/evaluation';
import { type Act, allowedAbove, Deadlines, Register } from '#platform';
import { bidObject } from '../bidding/bid.object.js';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderObject } from '../tendering/tender.object.js';
import type { TenderState } from '../tendering/tender.state.js';
import { Committee, isLawfulSize, leastCommittee } from './committee.js';
import { evaluationCompleted } from './evaluating.events.js';
import { EvaluationInputs } from './evaluation-inputs.js';
import { EvaluationResults } from './evaluation-results.js';

/** When the last signature is there: computes the ranking from what will be published and keeps both. */
@Injectable()
export class CompleteEvaluation {
  constructor(
    private readonly register: Register,
    private readonly committee: Committee,
    private readonly inputs: EvaluationInputs,
    private readonly results: EvaluationResults,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * In the transaction of a signature, which holds the lock on the tender.
   * @returns the state of the tender: as it was while somebody has not signed
   */
  async execute(tenderId: string): Promise<TenderState> {
    const tender = await this.register.locked(tenderObject, tenderId, allowedAbove);
    if (!(await this.haveAllSigned(tender))) return tender.state;
    const { state } = await this.register.act(tenderObject, tenderId, {
      action: 'complete-evaluation',
      allow: allowedAbove,
      apply: (completed, { at }) => {
        completed.evaluatedAt = at;
      },
      // On this state row-level security opens the sheets, for this transaction and for ever.
      follow: (completed, act) => this.compute(completed, act),
    });
    return state;
  }

  /** Somebody who stepped aside must be replaced first: an even or too small committee decides nothing. */
  private async haveAllSigned(tender: Tender): Promise<boolean> {
    const seated = (await this.committee.evaluators(tender.id)).filter(({ state }) => state !== 'recused');
    const least = leastCommittee(tender, tender.createdAt);
    return seated.every(({ state }) => state === 'signed') && isLawfulSize(seated.length, least);
  }

  private async compute(tender: Tender, act: Act): Promise<void> {
    const { id: tenderId, areaCode } = tender;
    const input = await this.inputs.of(tender);
    const result = rank(input);
    act.note(await this.results.keep(tenderId, input, result, act.at));
    const qualified = input.bids.filter((bid) => bid.qualified).map(({ bidId }) => bidId);
    await this.register.actMany(bidObject, qualified, { action: 'score', allow: allowedAbove });
    // The report reaches the buyer with the computation itself; the next clock runs from there.
    const subject = { type: 'tender', id: tenderId, areaCode };
    await this.deadlines.start('procurement.fix-winner', subject, act.at);
    act.emit(evaluationCompleted, { tenderId });
  }
}

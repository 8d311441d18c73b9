import type { Account, Person } from '../../../../test/support/given-district.js';
import { GivenBids, inGroups, type OpenedOptions, type OpenedTender } from '../bidding/bidding.given.js';
import { AppointEvaluators } from './appoint-evaluators.js';
import { DecideQualification } from './decide-qualification.js';
import { DeclareInterests } from './declare-interests.js';
import { SaveScoreSheet } from './save-score-sheet.js';
import { SignScoreSheet } from './sign-score-sheet.js';

export class GivenEvaluations extends GivenBids {
  /** Appointed, cleared, qualified, scored and signed by everybody. Earlier bids score higher on quality. */
  async evaluatedTender(options: OpenedOptions = {}): Promise<OpenedTender> {
    const tender = await this.openedTender(options);
    await this.evaluate(tender);
    return tender;
  }

  async evaluatedTenders(count: number, options: OpenedOptions = {}): Promise<OpenedTender[]> {
    const tenders = await this.openedTenders(count, options);
    await inGroups(count, (at) => this.evaluate(tenders[at] as OpenedTender));
    return tenders;
  }

  async committee(tender: OpenedTender): Promise<Account[]> {
    const evaluators = await this.evaluators();
    await this.test.as(this.purchaser, () =>
      this.test.get(AppointEvaluators).execute(
        tender.tenderId,
        evaluators.map(({ accountId }) => accountId),
      ),
    );
    for (const evaluator of evaluators) {
      await this.test.as(evaluator, () => this.test.get(DeclareInterests).execute(tender.tenderId, []));
    }
    return evaluators;
  }

  async qualifyAll(tender: OpenedTender): Promise<void> {
    for (const { bidId } of tender.bids) {
      await this.test.as(this.purchaser, () =>
        this.test
          .get(DecideQualification)
          .execute(tender.tenderId, bidId, { qualified: true, reason: '符合要求' }),
      );
    }
  }

  /** Saves and signs one evaluator's sheet; the first bid gets the most points. */
  async score(tender: OpenedTender, evaluator: Person): Promise<void> {
    await this.test.as(evaluator, () =>
      this.test.get(SaveScoreSheet).execute(tender.tenderId, scoresFor(tender)),
    );
    await this.test.as(evaluator, () => this.test.get(SignScoreSheet).execute(tender.tenderId, {}));
  }

  private async evaluate(tender: OpenedTender): Promise<void> {
    const evaluators = await this.committee(tender);
    await this.qualifyAll(tender);
    for (const evaluator of evaluators) await this.score(tender, evaluator);
  }
}

export function scoresFor(tender: OpenedTender): Record<string, Record<string, string>> {
  return Object.fromEntries(
    tender.bids.map(({ bidId }, at) => [bidId, { plan: String(48 - at * 8), team: String(28 - at * 4) }]),
  );
}

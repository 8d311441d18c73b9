import { Injectable } from '@nestjs/common';
import {
  type BidInput,
  digestOfResult,
  type EvaluationInput,
  publishInputs,
  rank,
  type RankingResult,
} from '#libs/evaluation';
import { OrganizationsApi } from '#modules/organizations';
import { AuditTrail, Deadlines, Outbox, UnitOfWork } from '#platform';
import { rulesOf } from '../tendering/method-rules.js';
import { priceRuleFor } from '../tendering/criteria-rules.js';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderStates } from '../tendering/tender.state.js';
import { evaluationCompleted } from './evaluating.events.js';
import { Committee } from './committee.js';
import { ScoreSheets } from './score-sheets.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** Gathers what the ranking follows from. */
@Injectable()
export class EvaluationInputs {
  constructor(
    private readonly committee: Committee,
    private readonly sheets: ScoreSheets,
    private readonly organizations: OrganizationsApi,
  ) {}

  async of(tender: Tender): Promise<EvaluationInput> {
    const bids = await this.committee.bids(tender.id);
    const organizations = await this.organizations.organizations(
      bids.map(({ organizationId }) => organizationId),
    );
    const evaluators = (await this.committee.evaluators(tender.id)).filter(({ state }) => state === 'signed');
    const deducts =
      tender.priceRule.kind === 'lowest-qualified-offer' &&
      tender.priceRule.smeDeductionPercent !== undefined;
    return {
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
    };
  }
}

@Injectable()
export class EvaluationResults {
  constructor(private readonly uow: UnitOfWork) {}

  async keep(tenderId: string, input: EvaluationInput, result: RankingResult, at: Date) {
    const published = publishInputs(input);
    const resultSha256 = digestOfResult(result);
    await this.uow.sql(
      `INSERT INTO procurement.evaluation_result (tender_id, inputs, inputs_sha256, result, result_sha256, computed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tenderId, published.json, published.digest, JSON.stringify(result), resultSha256, at],
    );
    await this.uow.sql(
      "UPDATE procurement.bid SET state = 'scored', version = version + 1 WHERE tender_id = $1 AND state = 'qualified'",
      [tenderId],
    );
    return { inputsSha256: published.digest, resultSha256 };
  }

  /** @returns undefined before the evaluation is complete */
  of(tenderId: string): Promise<StoredResult | undefined> {
    return this.uow.one<StoredResult>(
      `SELECT inputs, inputs_sha256 AS "inputsSha256", result, result_sha256 AS "resultSha256",
         to_char(computed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "computedAt"
       FROM procurement.evaluation_result WHERE tender_id = $1`,
      [tenderId],
    );
  }
}

/** The last signature is there: computes the ranking from what will be published and keeps both. */
@Injectable()
export class CompleteEvaluation {
  constructor(
    private readonly tenders: TenderRepository,
    private readonly inputs: EvaluationInputs,
    private readonly results: EvaluationResults,
    private readonly deadlines: Deadlines,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async execute(tender: Tender, at: Date): Promise<void> {
    // First the state, on which row-level security opens the sheets, for this transaction and for ever.
    await this.tenders.change(tender, {
      state: tenderStates.next(tender.state, 'complete-evaluation'),
      evaluatedAt: at,
    });
    const input = await this.inputs.of(tender);
    const result = rank(input);
    const published = await this.results.keep(tender.id, input, result, at);
    // The report reaches the buyer with the computation itself; the next clock runs from there.
    await this.deadlines.start(
      'procurement.fix-winner',
      { type: 'tender', id: tender.id, areaCode: tender.areaCode },
      at,
    );
    await this.audit.record({
      action: 'procurement.complete-evaluation',
      objectType: 'tender',
      objectId: tender.id,
      before: { state: 'evaluating' },
      after: { state: tender.state, ...published },
    });
    await this.outbox.append(evaluationCompleted, { tenderId: tender.id });
  }
}

export interface StoredResult {
  /** Canonical JSON; feed it to `recompute` of libs/evaluation. */
  readonly inputs: string;
  readonly inputsSha256: string;
  readonly result: RankingResult;
  readonly resultSha256: string;
  readonly computedAt: string;
}

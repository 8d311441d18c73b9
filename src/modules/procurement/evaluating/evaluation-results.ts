import { Injectable } from '@nestjs/common';
import { digestOfResult, type EvaluationInput, publishInputs, type RankingResult } from '#libs/evaluation';
import { db, instant, query, UnitOfWork } from '#platform';
import { onlyLotOf } from '../tendering/lots.js';

interface ResultToKeep {
  readonly tenderId: string;
  readonly inputs: string;
  readonly inputsSha256: string;
  readonly result: string;
  readonly resultSha256: string;
  readonly computedAt: Date;
}

const addResult = query((p: ResultToKeep) =>
  db.insertInto('procurement.evaluation_result').values({
    lot_id: onlyLotOf(p.tenderId),
    tender_id: p.tenderId,
    inputs: p.inputs,
    inputs_sha256: p.inputsSha256,
    result: p.result,
    result_sha256: p.resultSha256,
    computed_at: p.computedAt,
  }),
);

const resultOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.evaluation_result as r')
    .select(['r.inputs', 'r.inputs_sha256 as inputsSha256', 'r.result', 'r.result_sha256 as resultSha256'])
    .select((eb) => instant(eb.ref('r.computed_at')).as('computedAt'))
    .where('r.lot_id', '=', onlyLotOf(p.tenderId)),
);

const bidderOf = query((p: { tenderId: string; bidId: string }) =>
  db
    .selectFrom('procurement.bid')
    .select(['organization_id as organizationId', 'lot_id as lotId'])
    .where('id', '=', p.bidId)
    .where('lot_id', '=', onlyLotOf(p.tenderId)),
);

/** The kept results of evaluations, with everything they follow from. */
@Injectable()
export class EvaluationResults {
  constructor(private readonly uow: UnitOfWork) {}

  /** @returns the hashes of what is published */
  async keep(tenderId: string, input: EvaluationInput, result: RankingResult, computedAt: Date) {
    const { json: inputs, digest: inputsSha256 } = publishInputs(input);
    const resultSha256 = digestOfResult(result);
    await this.uow.all(addResult, {
      ...{ tenderId, inputs, inputsSha256, resultSha256, computedAt },
      result: JSON.stringify(result),
    });
    return { inputsSha256, resultSha256 };
  }

  /**
   * `inputs` is canonical JSON; feed it to `recompute` of libs/evaluation.
   * @returns undefined before the evaluation is complete
   */
  async of(tenderId: string) {
    const stored = await this.uow.first(resultOf, { tenderId });
    return stored && { ...stored, result: stored.result as unknown as RankingResult };
  }

  /**
   * A bid as the ranking has it; `amountFen` is the price of its contract.
   * @returns undefined when the ranking does not have it
   */
  async ranked(
    tenderId: string,
    bidId: string,
  ): Promise<{ organizationId: string; lotId: string; amountFen: number; rank: number } | undefined> {
    const stored = await this.of(tenderId);
    const found = stored?.result.ranking.find((entry) => entry.bidId === bidId);
    const bidder = await this.uow.first(bidderOf, { tenderId, bidId });
    if (!found || !bidder) return undefined;
    return { ...bidder, amountFen: found.contractPriceFen, rank: found.rank };
  }
}

import { Injectable } from '@nestjs/common';
import { Register, UnitOfWork } from '#platform';
import { BidReads } from '../bidding/bids.read.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import type { TenderState } from '../tendering/tender.state.js';
import { Committee } from './committee.js';
import { CompleteEvaluation } from './complete-evaluation.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { mustMayScore } from './evaluator.entity.js';
import { evaluatorObject } from './evaluator.object.js';
import { mustBeQualified, mustBeValidSheet, ScoreSheets } from './score-sheets.js';

/** Signs the own score sheet for good (政府采购法实施条例 第四十一条); the last signature computes the ranking. */
@Injectable()
export class SignScoreSheet {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly committee: Committee,
    private readonly bids: BidReads,
    private readonly sheets: ScoreSheets,
    private readonly completion: CompleteEvaluation,
  ) {}

  /**
   * @param input.dissent disagreement with the committee, in writing; silence is agreement
   * @throws DomainError procurement.sheet-invalid, sheet-signed, declaration-missing, evaluator-recused
   */
  execute(
    tenderId: string,
    { dissent }: { dissent?: string | undefined },
  ): Promise<{ tenderState: TenderState }> {
    return this.uow.run(async () => {
      const { accountId } = this.access;
      const { id } = await this.committee.evaluator(tenderId, accountId);
      // Under the lock on the tender one signature comes after the other, so exactly one of them is the last.
      await this.register.act(evaluatorObject, id, {
        allow: (_evaluator, { areaCode }) => {
          this.access.official(evaluatingPermissions.evaluate, areaCode);
        },
        action: ({ state }) => {
          mustMayScore(state);
          return 'sign';
        },
        apply: async (evaluator, { at }, tender) => {
          const bidIds = mustBeQualified(tender, await this.bids.of(tenderId));
          const sheet = await this.sheets.own({ tenderId, accountId });
          mustBeValidSheet(sheet?.scores ?? {}, tender.criteria, bidIds, true);
          await this.sheets.sign({ tenderId, accountId }, dissent ?? null, at);
          evaluator.signedAt = at;
        },
      });
      return { tenderState: await this.completion.execute(tenderId) };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail, UnitOfWork } from '#platform';
import { evaluatorStates } from './evaluator.state.js';
import type { TenderState } from '../tendering/tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { Committee, isLawfulSize, leastCommittee } from './committee.js';
import { CompleteEvaluation } from './complete-evaluation.js';
import { mustMayScore, SaveScoreSheet } from './save-score-sheet.js';
import { mustBeValidSheet, ScoreSheets } from './score-sheets.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** What a signature changes beside the sheet itself. */
@Injectable()
export class SheetSignature {
  constructor(
    private readonly committee: Committee,
    private readonly completion: CompleteEvaluation,
    private readonly audit: AuditTrail,
  ) {}

  async stateOf(tenderId: string, accountId: string) {
    return (await this.committee.evaluator(tenderId, accountId)).state;
  }

  async record(
    tender: Parameters<CompleteEvaluation['execute']>[0],
    accountId: string,
    at: Date,
  ): Promise<void> {
    const state = evaluatorStates.next('cleared', 'sign');
    await this.committee.change(tender.id, accountId, state, at);
    await this.audit.record({
      action: 'procurement.sign-score-sheet',
      objectType: 'tender',
      objectId: tender.id,
      after: { evaluator: accountId, state },
    });
    const seated = (await this.committee.evaluators(tender.id)).filter((entry) => entry.state !== 'recused');
    const everybody = seated.every((entry) => entry.state === 'signed');
    // Somebody who stepped aside must be replaced first: an even or too small committee decides nothing.
    if (everybody && isLawfulSize(seated.length, leastCommittee(tender, at))) {
      await this.completion.execute(tender, at);
    }
  }
}

/** Signs the own score sheet for good (政府采购法实施条例 第四十一条); the last signature computes the ranking. */
@Injectable()
export class SignScoreSheet {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly scoring: SaveScoreSheet,
    private readonly sheets: ScoreSheets,
    private readonly signature: SheetSignature,
  ) {}

  /**
   * @param dissent disagreement with the committee, in writing; silence is agreement
   * @throws DomainError procurement.sheet-invalid, sheet-signed, declaration-missing, evaluator-recused
   */
  async execute(
    tenderId: string,
    input: { dissent?: string | undefined },
  ): Promise<{ tenderState: TenderState }> {
    return this.uow.run(async () => {
      // Under the lock one signature comes after the other, so exactly one of them is the last.
      const tender = await this.tenders.lock(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      mustMayScore(await this.signature.stateOf(tenderId, accountId));
      const bidIds = await this.scoring.qualifiedBids(tender);
      const sheet = await this.sheets.own(tenderId, accountId);
      mustBeValidSheet(sheet?.scores ?? {}, tender.criteria, bidIds, true);
      const at = await this.tenders.databaseTime();
      await this.sheets.sign(tenderId, accountId, input.dissent ?? null, at);
      await this.signature.record(tender, accountId, at);
      return { tenderState: tender.state };
    });
  }
}

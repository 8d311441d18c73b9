import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import type { EvaluatorState } from './evaluator.state.js';
import type { Tender } from '../tendering/tender.entity.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { Committee } from './committee.js';
import { mustBeValidSheet, type OwnSheet, ScoreSheets, type Scores } from './score-sheets.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** Keeps an evaluator's scores while he works on them. Nobody else sees them, and no trace tells how they moved. */
@Injectable()
export class SaveScoreSheet {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly committee: Committee,
    private readonly sheets: ScoreSheets,
  ) {}

  /** @throws DomainError procurement.declaration-missing, evaluator-recused, qualification-pending, sheet-signed, sheet-invalid */
  async execute(tenderId: string, scores: Scores): Promise<void> {
    await this.uow.run(async () => {
      const tender = await this.tenders.find(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      mustMayScore((await this.committee.evaluator(tenderId, accountId)).state);
      const bidIds = await this.qualifiedBids(tender);
      mustBeValidSheet(scores, tender.criteria, bidIds, false);
      await this.sheets.save(tenderId, accountId, scores, await this.tenders.databaseTime());
    });
  }

  /** The evaluator's own sheet; an empty one before the first save. */
  async own(tenderId: string): Promise<OwnSheet> {
    return this.uow.run(async () => {
      const tender = await this.tenders.find(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      await this.committee.evaluator(tenderId, accountId);
      return (await this.sheets.own(tenderId, accountId)) ?? { scores: {}, dissent: null, signedAt: null };
    });
  }

  /** @throws DomainError procurement.qualification-pending */
  async qualifiedBids(tender: Tender): Promise<string[]> {
    const bids = await this.committee.bids(tender.id);
    const decided = bids.every(({ state }) => state !== 'opened' && state !== 'unreadable');
    if (tender.state !== 'evaluating' || !decided) throw evaluatingErrors.qualificationPending();
    return bids.filter(({ state }) => state === 'qualified').map(({ id }) => id);
  }
}

export function mustMayScore(state: EvaluatorState): void {
  if (state === 'appointed') throw evaluatingErrors.declarationMissing();
  if (state === 'recused') throw evaluatingErrors.evaluatorRecused();
  if (state === 'signed') throw evaluatingErrors.sheetSigned();
}

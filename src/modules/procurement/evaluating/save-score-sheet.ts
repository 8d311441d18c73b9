import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import { BidReads } from '../bidding/bids.read.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { TenderReads } from '../tendering/tenders.read.js';
import { Committee } from './committee.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { mustMayScore } from './evaluator.entity.js';
import { mustBeQualified, mustBeValidSheet, ScoreSheets, type Scores } from './score-sheets.js';

/** Keeps an evaluator's scores while they work on them. Nobody else sees them, and no trace tells how they moved. */
@Injectable()
export class SaveScoreSheet {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderReads,
    private readonly committee: Committee,
    private readonly bids: BidReads,
    private readonly sheets: ScoreSheets,
  ) {}

  /** @throws DomainError procurement.declaration-missing, evaluator-recused, qualification-pending, sheet-signed, sheet-invalid */
  async execute(tenderId: string, scores: Scores): Promise<void> {
    await this.uow.run(async () => {
      const tender = await this.tenders.find(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      mustMayScore((await this.committee.evaluator(tenderId, accountId)).state);
      const bidIds = mustBeQualified(tender, await this.bids.of(tenderId));
      mustBeValidSheet(scores, tender.criteria, bidIds, false);
      await this.sheets.save({ tenderId, accountId }, scores, await this.uow.databaseTime());
    });
  }
}

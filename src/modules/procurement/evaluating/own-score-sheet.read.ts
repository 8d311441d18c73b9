import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { TenderReads } from '../tendering/tenders.read.js';
import { Committee } from './committee.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { type OwnSheet, ScoreSheets } from './score-sheets.js';

/** The evaluator's own sheet. */
@Injectable()
export class OwnScoreSheetReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderReads,
    private readonly committee: Committee,
    private readonly sheets: ScoreSheets,
  ) {}

  /** An empty one before the first save. @throws DomainError platform.not-found for somebody who was not appointed */
  own(tenderId: string): Promise<OwnSheet> {
    return this.uow.run(async () => {
      const tender = await this.tenders.find(tenderId);
      this.access.official(evaluatingPermissions.evaluate, tender.areaCode);
      const { accountId } = this.access;
      await this.committee.evaluator(tenderId, accountId);
      const sheet = await this.sheets.own({ tenderId, accountId });
      return sheet ?? { scores: {}, dissent: null, signedAt: null };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail, mustMatchVersion, UnitOfWork } from '#platform';
import type { Tender } from './tender.entity.js';
import { tenderStates } from './tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderingPermissions } from './tendering.permissions.js';
import { TenderRepository } from './tender-repository.js';

/** A second person agrees to the draft as it stands. */
@Injectable()
export class ApproveTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError procurement.drafter-may-not-approve, platform.version-mismatch, state.wrong-state */
  async execute(tenderId: string, version: number): Promise<Tender> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(tenderingPermissions.approve, tender.areaCode);
      const state = tenderStates.next(tender.state, 'approve');
      mustMatchVersion(tender.version, version);
      const approvedBy = this.access.accountId;
      if (tender.wasWrittenBy(approvedBy)) throw tenderingErrors.drafterMayNotApprove();
      await this.tenders.change(tender, { state, approvedBy });
      await this.audit.record({
        action: 'procurement.approve-tender',
        objectType: 'tender',
        objectId: tenderId,
        before: { state: 'draft' },
        after: { state },
      });
      return tender;
    });
  }
}

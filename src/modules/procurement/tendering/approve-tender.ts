import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import type { Tender } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderingPermissions } from './tendering.permissions.js';

/** A second person agrees to the draft as it stands. */
@Injectable()
export class ApproveTender {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
  ) {}

  /** @throws DomainError procurement.drafter-may-not-approve, platform.version-mismatch, state.wrong-state */
  execute(tenderId: string, version: number): Promise<Tender> {
    return this.register.act(tenderObject, tenderId, {
      action: 'approve',
      version,
      allow: ({ areaCode }) => {
        this.access.official(tenderingPermissions.approve, areaCode);
      },
      apply: (tender, { by }) => {
        if (tender.wasWrittenBy(by)) throw tenderingErrors.drafterMayNotApprove();
        tender.approvedBy = by;
      },
    });
  }
}

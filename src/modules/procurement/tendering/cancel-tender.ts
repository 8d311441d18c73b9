import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import type { CancelReason } from './end-reasons.js';
import { EndingConsequences } from './ending-consequences.js';
import type { Tender } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderCancelled } from './tendering.events.js';
import { tenderingPermissions } from './tendering.permissions.js';

/** Stops a tender before its award, for a stated reason. Sealed bids stay sealed for ever. */
@Injectable()
export class CancelTender {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly consequences: EndingConsequences,
  ) {}

  /** @throws DomainError state.wrong-state once it is awarded or over */
  execute(
    tenderId: string,
    { reasonCode, reason }: { reasonCode: CancelReason; reason: string },
  ): Promise<Tender> {
    return this.register.act(tenderObject, tenderId, {
      action: 'cancel',
      allow: ({ areaCode }) => {
        this.access.official(tenderingPermissions.cancel, areaCode);
      },
      apply: (tender, act) => {
        tender.endReasonCode = reasonCode;
        tender.endReason = reason;
        act.note({ reasonCode });
        act.emit(tenderCancelled, { tenderId, reasonCode });
      },
      follow: (tender) => this.consequences.follow(tender),
    });
  }
}

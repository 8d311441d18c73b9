import { Injectable } from '@nestjs/common';
import { allowedAbove, Register } from '#platform';
import type { FailReason } from './end-reasons.js';
import { EndingConsequences } from './ending-consequences.js';
import type { Tender } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderFailed } from './tendering.events.js';

/** Ends a tender that has too few bidders left, in the transaction of whoever counted them. */
@Injectable()
export class FailTender {
  constructor(
    private readonly register: Register,
    private readonly consequences: EndingConsequences,
  ) {}

  execute(tenderId: string, reasonCode: FailReason): Promise<Tender> {
    return this.register.act(tenderObject, tenderId, {
      action: 'fail',
      allow: allowedAbove,
      apply: (tender, act) => {
        tender.endReasonCode = reasonCode;
        act.note({ reasonCode });
        act.emit(tenderFailed, { tenderId, reasonCode });
      },
      follow: (tender) => this.consequences.follow(tender),
    });
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import type { Tender } from './tender.entity.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { tenderingPermissions } from './tendering.permissions.js';
import { EndTender } from './end-tender.js';
import { TenderRepository } from './tender-repository.js';

export const CANCEL_REASONS = [
  'need-changed',
  'budget-withdrawn',
  'file-defective',
  'unlawful-conduct',
  'other',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Stops a tender before its award, for a stated reason. Sealed bids stay sealed for ever. */
@Injectable()
export class CancelTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly ending: EndTender,
  ) {}

  async execute(tenderId: string, input: { reasonCode: CancelReason; reason: string }): Promise<Tender> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(tenderingPermissions.cancel, tender.areaCode);
      await this.ending.cancel(tender, input.reasonCode, input.reason);
      return tender;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail, UnitOfWork } from '#platform';
import { tenderStates } from '../tendering/tender.state.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** The contract was signed by both sides: the tender is done. Called by the contracts module. */
@Injectable()
export class MarkContracted {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tenders: TenderRepository,
    private readonly audit: AuditTrail,
  ) {}

  async execute(tenderId: string): Promise<void> {
    await this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      if (tender.state === 'contracted') return;
      const before = tender.state;
      const state = tenderStates.next(before, 'contract');
      await this.tenders.change(tender, { state });
      await this.audit.record({
        action: 'procurement.mark-contracted',
        objectType: 'tender',
        objectId: tenderId,
        before: { state: before },
        after: { state },
      });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { ContractAccess } from '../terms/contract.access.js';
import { milestoneObject } from '../terms/contract.object.js';
import { DeliveryDecisions } from './delivery-decisions.js';
import { deliveryErrors } from './delivery.errors.js';
import { milestoneRejected } from './delivery.events.js';
import { deliveryPermissions } from './delivery.permissions.js';

/** Sends a delivery back with a reason; the supplier reworks it and delivers again. */
@Injectable()
export class RejectMilestone {
  constructor(
    private readonly register: Register,
    private readonly access: ContractAccess,
    private readonly decisions: DeliveryDecisions,
  ) {}

  /** @param deliveryId the delivery that was looked at; another one in its place is not rejected unseen */
  async execute(
    milestoneId: string,
    { reason, deliveryId }: { reason: string; deliveryId?: string | undefined },
  ): Promise<void> {
    await this.register.act(milestoneObject, milestoneId, {
      allow: async (_milestone, contract) => {
        this.access.mustBeForBuyer(contract, deliveryPermissions.accept);
        if (await this.access.isOfSupplier(contract)) throw deliveryErrors.supplierAccepts();
      },
      action: (_milestone, contract) => {
        contract.mustBeActive();
        return 'reject';
      },
      apply: async ({ contractId }, act) => {
        const outcome = 'rejected';
        await this.decisions.record({ milestoneId, outcome, note: reason, opinions: [], deliveryId }, act);
        act.emit(milestoneRejected, { contractId, milestoneId });
      },
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { ContractAccess } from '../terms/contract.access.js';
import { milestoneObject } from '../terms/contract.object.js';
import { AcceptanceConsequences } from './acceptance-consequences.js';
import { DeliveryDecisions, type UserOpinion } from './delivery-decisions.js';
import { deliveryErrors } from './delivery.errors.js';
import { deliveryPermissions } from './delivery.permissions.js';

/**
 * Accepts what was delivered. State and the ledger's ACCRUE are one transaction: from here on the money is
 * owed and the payment clock runs.
 */
@Injectable()
export class AcceptMilestone {
  constructor(
    private readonly register: Register,
    private readonly access: ContractAccess,
    private readonly decisions: DeliveryDecisions,
    private readonly consequences: AcceptanceConsequences,
  ) {}

  /**
   * @param decision.deliveryId the delivery that was looked at; another one in its place is not accepted unseen
   * @throws DomainError contracts.supplier-accepts, contracts.not-active, contracts.opinions-required
   */
  async execute(
    milestoneId: string,
    decision: { note: string; opinions: readonly UserOpinion[]; deliveryId?: string | undefined },
  ): Promise<void> {
    await this.register.act(milestoneObject, milestoneId, {
      allow: async (_milestone, contract) => {
        this.access.mustBeForBuyer(contract, deliveryPermissions.accept);
        if (await this.access.isOfSupplier(contract)) throw deliveryErrors.supplierAccepts();
      },
      action: (_milestone, contract) => {
        contract.mustBeActive();
        return 'accept';
      },
      apply: async (milestone, act, contract) => {
        if (contract.serviceKind === 'public-service' && decision.opinions.length === 0)
          throw deliveryErrors.opinionsRequired();
        milestone.acceptedBy = act.by;
        const { deliveredAt } = await this.decisions.record(
          { milestoneId, outcome: 'accepted', ...decision },
          act,
        );
        await this.consequences.follow(contract, milestone, deliveredAt, act);
      },
    });
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { contractPermissions } from '../contracts.permissions.js';
import { milestoneStates } from '../domain/contract.state.js';
import { AcceptanceConsequences } from './acceptance-consequences.js';
import { ContractRepository } from './contract-repository.js';
import { DeliveryDecisions, type UserOpinion } from './delivery-decisions.js';
import { MilestoneTrail } from './milestone-trail.js';

/**
 * Accepts what was delivered. State and the ledger's ACCRUE are one transaction: from here on the money is
 * owed and the payment clock runs.
 */
@Injectable()
export class AcceptMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly decisions: DeliveryDecisions,
    private readonly consequences: AcceptanceConsequences,
    private readonly trail: MilestoneTrail,
  ) {}

  /** @param decision.deliveryId the delivery that was looked at; another one in its place is not accepted unseen */
  execute(
    milestoneId: string,
    decision: { note: string; opinions: readonly UserOpinion[]; deliveryId?: string | undefined },
  ): Promise<void> {
    return this.uow.run(async () => {
      const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
      this.access.forBuyer(contract, contractPermissions.accept);
      this.access.mustNotBeOfSupplier(contract);
      contract.mustBeActive();
      const before = milestone.state;
      milestone.state = milestoneStates.next(before, 'accept');
      if (contract.serviceKind === 'public-service' && decision.opinions.length === 0) {
        throw contractErrors.opinionsRequired();
      }
      milestone.acceptedBy = this.access.accountId;
      await this.contracts.saveMilestone(milestone);
      const { deliveredAt } = await this.decisions.record({
        milestoneId,
        outcome: 'accepted',
        decidedBy: this.access.accountId,
        ...decision,
      });
      await this.consequences.apply(contract, milestone, deliveredAt);
      await this.trail.record('contracts.accept', milestone, before);
    });
  }
}

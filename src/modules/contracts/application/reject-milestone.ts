import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { milestoneRejected } from '../contracts.events.js';
import { contractPermissions } from '../contracts.permissions.js';
import { milestoneStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { DeliveryDecisions } from './delivery-decisions.js';
import { MilestoneTrail } from './milestone-trail.js';

/** Sends a delivery back with a reason; the supplier reworks it and delivers again. */
@Injectable()
export class RejectMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly decisions: DeliveryDecisions,
    private readonly trail: MilestoneTrail,
    private readonly outbox: Outbox,
  ) {}

  /** @param deliveryId the delivery that was looked at; another one in its place is not rejected unseen */
  execute(
    milestoneId: string,
    { reason, deliveryId }: { reason: string; deliveryId?: string | undefined },
  ): Promise<void> {
    return this.uow.run(async () => {
      const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
      this.access.forBuyer(contract, contractPermissions.accept);
      this.access.mustNotBeOfSupplier(contract);
      contract.mustBeActive();
      const before = milestone.state;
      milestone.state = milestoneStates.next(before, 'reject');
      await this.contracts.saveMilestone(milestone);
      await this.decisions.record({
        milestoneId,
        outcome: 'rejected',
        note: reason,
        opinions: [],
        decidedBy: this.access.accountId,
        deliveryId,
      });
      await this.outbox.append(milestoneRejected, { contractId: contract.id, milestoneId });
      await this.trail.record('contracts.reject', milestone, before);
    });
  }
}

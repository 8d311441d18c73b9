import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK, FileStore, Outbox, UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { milestoneDelivered } from '../contracts.events.js';
import { contractPermissions } from '../contracts.permissions.js';
import { milestoneStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { MilestoneTrail } from './milestone-trail.js';

/** The supplier reports a milestone as done, with evidence. */
@Injectable()
export class DeliverMilestone {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly files: FileStore,
    private readonly trail: MilestoneTrail,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(
    milestoneId: string,
    evidence: { note: string; fileIds: readonly string[] },
  ): Promise<{ deliveryId: string }> {
    return this.uow.run(async () => {
      const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
      this.access.forSupplier(contract, contractPermissions.deliver);
      contract.mustBeActive();
      const before = milestone.state;
      milestone.state = milestoneStates.next(before, 'deliver');
      await this.contracts.saveMilestone(milestone);
      const deliveryId = newId();
      await this.uow.sql('INSERT INTO contracts.delivery VALUES ($1, $2, $3, $4, $5)', [
        deliveryId,
        milestoneId,
        evidence.note,
        this.access.accountId,
        this.clock.now(),
      ]);
      await this.files.attach(evidence.fileIds, 'contracts.delivery', deliveryId);
      await this.trail.record('contracts.deliver', milestone, before);
      await this.outbox.append(milestoneDelivered, { contractId: contract.id, milestoneId });
      return { deliveryId };
    });
  }
}

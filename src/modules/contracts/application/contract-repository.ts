import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { Contract, Milestone } from '../domain/contract.entity.js';

/**
 * Loads contracts and milestones for change. Lock order: the contract before its milestones, milestones by id.
 */
@Injectable()
export class ContractRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async lock(contractId: string): Promise<Contract> {
    const contract = await this.uow.manager.findOne(Contract, {
      where: { id: contractId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!contract) throw platformErrors.notFound();
    return contract;
  }

  /** The milestone with its contract, both locked. */
  async lockMilestone(milestoneId: string): Promise<{ contract: Contract; milestone: Milestone }> {
    const known = await this.uow.manager.findOne(Milestone, { where: { id: milestoneId } });
    if (!known) throw platformErrors.notFound();
    const contract = await this.lock(known.contractId);
    const milestone = await this.uow.manager.findOne(Milestone, {
      where: { id: milestoneId },
      lock: { mode: 'pessimistic_write' },
    });
    // New terms may have replaced it before the contract was locked.
    if (!milestone) throw platformErrors.notFound();
    return { contract, milestone };
  }

  milestonesOf(contractId: string): Promise<Milestone[]> {
    return this.uow.manager.find(Milestone, { where: { contractId }, order: { position: 'ASC' } });
  }

  async saveContract(contract: Contract): Promise<void> {
    contract.version += 1;
    await this.uow.manager.save(contract);
  }

  async saveMilestone(milestone: Milestone): Promise<void> {
    milestone.version += 1;
    await this.uow.manager.save(milestone);
  }
}

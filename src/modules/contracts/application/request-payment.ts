import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { contractPermissions } from '../contracts.permissions.js';
import { milestoneStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { MilestoneTrail } from './milestone-trail.js';

/**
 * A finance officer, who is not the person that accepted, requests the payment of an accepted milestone. The
 * worker settles it with the treasury; the platform itself never moves money.
 */
@Injectable()
export class RequestPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly budgets: BudgetsApi,
    private readonly trail: MilestoneTrail,
  ) {}

  execute(milestoneId: string): Promise<{ paymentId: string }> {
    return this.uow.run(async () => {
      const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
      this.access.forBuyer(contract, contractPermissions['request-payment']);
      const before = milestone.state;
      milestone.state = milestoneStates.next(before, 'request-payment');
      if (milestone.acceptedBy === null || milestone.acceptedBy === this.access.accountId) {
        throw contractErrors.acceptorPays();
      }
      await this.contracts.saveMilestone(milestone);
      const { paymentId } = await this.budgets.requestPayment({
        awardId: contract.awardId,
        milestoneId,
        payeeOrganizationId: contract.supplierOrganizationId,
        amount: milestone.amount,
        acceptedBy: milestone.acceptedBy,
        key: `contracts.pay:${milestoneId}`,
      });
      await this.trail.record('contracts.request-payment', milestone, before);
      return { paymentId };
    });
  }
}

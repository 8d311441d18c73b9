import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { Deadlines, Outbox, UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { milestoneAccepted } from '../contracts.events.js';
import { contractPermissions } from '../contracts.permissions.js';
import { milestoneStates } from '../domain/contract.state.js';
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

  execute(milestoneId: string, decision: { note: string; opinions: readonly UserOpinion[] }): Promise<void> {
    return this.uow.run(async () => {
      const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
      this.access.forBuyer(contract, contractPermissions.accept);
      contract.mustBeActive();
      const before = milestone.state;
      milestone.state = milestoneStates.next(before, 'accept');
      if (contract.serviceKind === 'public-service' && decision.opinions.length === 0) {
        throw contractErrors.opinionsRequired();
      }
      milestone.acceptedBy = this.access.accountId;
      await this.contracts.saveMilestone(milestone);
      await this.decisions.record({
        milestoneId,
        outcome: 'accepted',
        decidedBy: this.access.accountId,
        ...decision,
      });
      await this.consequences.apply(contract, milestone);
      await this.trail.record('contracts.accept', milestone, before);
    });
  }
}

@Injectable()
export class AcceptanceConsequences {
  constructor(
    private readonly budgets: BudgetsApi,
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
  ) {}

  async apply(
    contract: { id: string; awardId: string; areaCode: string },
    milestone: { id: string; amount: Parameters<BudgetsApi['accrue']>[0]['amount'] },
  ): Promise<void> {
    await this.budgets.accrue({
      awardId: contract.awardId,
      milestoneId: milestone.id,
      amount: milestone.amount,
      key: `contracts.accept:${milestone.id}`,
    });
    await this.deadlines.start('contracts.pay', {
      type: 'milestone',
      id: milestone.id,
      areaCode: contract.areaCode,
    });
    await this.outbox.append(milestoneAccepted, {
      contractId: contract.id,
      milestoneId: milestone.id,
      amountFen: milestone.amount.toFen(),
    });
  }
}

import { Injectable } from '@nestjs/common';
import { paymentSettled } from '#modules/budgets';
import { AuditTrail, Deadlines, type EventType, Outbox, TaskHandler } from '#platform';
import { contractCompleted, milestonePaid } from '../contracts.events.js';
import { contractStates, milestoneStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { MilestoneTrail } from './milestone-trail.js';

interface Settled {
  milestoneId: string;
  amountFen: number;
}

/** The treasury has paid: the milestone is paid, and with the last one the contract is completed. */
@Injectable()
export class MarkMilestonePaidWhenPaymentSettled extends TaskHandler<Settled> {
  readonly name = 'contracts.mark-milestone-paid-when-payment-settled';
  override readonly on: readonly EventType<Settled>[] = [paymentSettled];

  constructor(
    private readonly contracts: ContractRepository,
    private readonly trail: MilestoneTrail,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
  ) {
    super();
  }

  async run({ milestoneId, amountFen }: Settled): Promise<void> {
    const { contract, milestone } = await this.contracts.lockMilestone(milestoneId);
    const before = milestone.state;
    if (before === 'paid') return;
    milestone.state = milestoneStates.next(before, 'settle');
    await this.contracts.saveMilestone(milestone);
    await this.deadlines.meet('contracts.pay', { type: 'milestone', id: milestoneId });
    await this.trail.record('contracts.settle', milestone, before);
    await this.outbox.append(milestonePaid, { contractId: contract.id, milestoneId, amountFen });
    const milestones = await this.contracts.milestonesOf(contract.id);
    if (milestones.some(({ state }) => state !== 'paid')) return;
    // What was accepted is paid under a terminated contract, too; that does not complete it.
    if (!contractStates.allows(contract.state, 'complete')) return;
    const stateBefore = contract.state;
    contract.state = contractStates.next(contract.state, 'complete');
    await this.contracts.saveContract(contract);
    await this.outbox.append(contractCompleted, { contractId: contract.id });
    await this.audit.record({
      action: 'contracts.complete',
      objectType: 'contract',
      objectId: contract.id,
      before: { state: stateBefore },
      after: { state: contract.state },
    });
  }
}

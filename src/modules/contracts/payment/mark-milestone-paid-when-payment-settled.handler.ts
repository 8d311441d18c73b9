import { Injectable } from '@nestjs/common';
import { type EventType } from '#libs/kernel';
import { paymentSettled } from '#modules/budgets';
import { Access, db, Deadlines, query, Register, TaskHandler, UnitOfWork } from '#platform';
import { contractObject, milestoneObject } from '../terms/contract.object.js';
import { contractStates } from '../terms/contract.state.js';
import { contractCompleted, milestonePaid } from './payment.events.js';

interface Settled {
  readonly milestoneId: string;
  readonly amountFen: number;
}

const unpaidMilestone = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.milestone')
    .select('id')
    .where('contract_id', '=', p.contractId)
    .where('state', '<>', 'paid'),
);

/** The treasury has paid: the milestone is paid, and with the last one the contract is completed. */
@Injectable()
export class MarkMilestonePaidWhenPaymentSettled extends TaskHandler<Settled> {
  readonly name = 'contracts.mark-milestone-paid-when-payment-settled';
  override readonly on: readonly EventType<Settled>[] = [paymentSettled];

  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly deadlines: Deadlines,
  ) {
    super();
  }

  async run({ milestoneId, amountFen }: Settled): Promise<void> {
    const allow = () => {
      this.access.systemOnly();
    };
    const { state, contractId } = await this.register.locked(milestoneObject, milestoneId, allow);
    if (state === 'paid') return;
    await this.register.act(milestoneObject, milestoneId, {
      action: 'settle',
      allow,
      apply: async (_milestone, act) => {
        await this.deadlines.meet('contracts.pay', { type: 'milestone', id: milestoneId });
        act.emit(milestonePaid, { contractId, milestoneId, amountFen });
      },
    });
    if (await this.uow.first(unpaidMilestone, { contractId })) return;
    const contract = await this.register.locked(contractObject, contractId, allow);
    // What was accepted is paid under a terminated contract, too; that does not complete it.
    if (!contractStates.allows(contract.state, 'complete')) return;
    await this.register.act(contractObject, contractId, {
      action: 'complete',
      allow,
      apply: (_contract, act) => {
        act.emit(contractCompleted, { contractId });
      },
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type Clock, cutText, type EventType } from '#libs/kernel';
import { tenderAwarded } from '#modules/procurement';
import { Access, allowedAbove, CLOCK, Deadlines, Register, TaskHandler, UnitOfWork } from '#platform';
import { Contract, Milestone } from './contract.entity.js';
import { contractObject, milestoneObject } from './contract.object.js';
import { ContractParties } from './contract-parties.js';
import { PurchaseOfAward } from './purchase-of-award.js';
import { contractDrafted } from './terms.events.js';

const TITLE_LENGTH = 200;

/** An award becomes a draft contract with one milestone over the whole amount, until the purchaser splits it. */
@Injectable()
export class DraftContractWhenTenderAwarded extends TaskHandler<{ awardId: string }> {
  readonly name = 'contracts.draft-contract-when-tender-awarded';
  override readonly on: readonly EventType<{ awardId: string }>[] = [tenderAwarded];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly purchases: PurchaseOfAward,
    private readonly parties: ContractParties,
    private readonly register: Register,
    private readonly deadlines: Deadlines,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ awardId }: { awardId: string }): Promise<void> {
    if (await this.uow.manager.existsBy(Contract, { awardId })) return;
    const { purchase, awardedAt } = await this.purchases.execute(awardId);
    const contract = Contract.drafted(purchase, this.clock.now());
    const milestone = Milestone.planned(contract.id, 1, {
      title: cutText(contract.title, TITLE_LENGTH),
      amount: contract.amount,
      dueOn: null,
      acceptanceDueOn: null,
    });
    await this.register.add(contractObject, [contract], {
      action: 'draft',
      allow: () => {
        this.access.systemOnly();
      },
      apply: (_contract, act) => {
        act.emit(contractDrafted, { contractId: contract.id, awardId });
      },
    });
    await this.parties.add(contract);
    await this.register.add(milestoneObject, [milestone], { action: 'plan', allow: allowedAbove });
    await this.deadlines.start(
      'contracts.sign',
      { type: 'contract', id: contract.id, areaCode: contract.areaCode },
      awardedAt,
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type Clock, Money, newId } from '#libs/kernel';
import { ProcurementApi, tenderAwarded } from '#modules/procurement';
import { AuditTrail, CLOCK, Deadlines, type EventType, Outbox, TaskHandler, UnitOfWork } from '#platform';
import { contractDrafted } from '../contracts.events.js';
import { Contract, Milestone } from '../domain/contract.entity.js';
import { contractStates, milestoneStates } from '../domain/contract.state.js';

/** An award becomes a draft contract with one milestone over the whole amount, until the purchaser splits it. */
@Injectable()
export class DraftContractWhenTenderAwarded extends TaskHandler<{ awardId: string }> {
  readonly name = 'contracts.draft-contract-when-tender-awarded';
  override readonly on: readonly EventType<{ awardId: string }>[] = [tenderAwarded];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly procurement: ProcurementApi,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly deadlines: Deadlines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ awardId }: { awardId: string }): Promise<void> {
    if (await this.uow.manager.existsBy(Contract, { awardId })) return;
    const award = await this.procurement.award(awardId);
    const contract = this.uow.manager.create(Contract, {
      id: newId(),
      awardId,
      tenderId: award.tenderId,
      areaCode: award.areaCode,
      buyerOrganizationId: award.buyerOrganizationId,
      supplierOrganizationId: award.supplierOrganizationId,
      title: award.title,
      serviceKind: award.serviceKind,
      amount: Money.fen(award.amountFen),
      startsOn: null,
      endsOn: null,
      multiYearConditionsMet: false,
      texts: {},
      state: contractStates.initial,
      draftedBy: null,
      version: 1,
      createdAt: this.clock.now(),
    });
    await this.uow.manager.insert(Contract, contract);
    await this.uow.manager.insert(Milestone, {
      id: newId(),
      contractId: contract.id,
      position: 1,
      title: Array.from(award.title).slice(0, 200).join(''),
      amount: contract.amount,
      dueOn: null,
      acceptanceDueOn: null,
      state: milestoneStates.initial,
      acceptedBy: null,
      version: 1,
    });
    await this.deadlines.start(
      'contracts.sign',
      { type: 'contract', id: contract.id, areaCode: contract.areaCode },
      new Date(award.awardedAt),
    );
    await this.outbox.append(contractDrafted, { contractId: contract.id, awardId });
    await this.audit.record({
      action: 'contracts.draft',
      objectType: 'contract',
      objectId: contract.id,
      after: { state: contract.state, awardId, amountFen: contract.amount.toFen() },
    });
  }
}

import type { Contract, Milestone } from './contract.entity.js';

/** Everything the parties agree on, in the form that is hashed. */
export function agreedOn(contract: Contract, milestones: readonly Milestone[]): object {
  return {
    contractId: contract.id,
    awardId: contract.awardId,
    buyerOrganizationId: contract.buyerOrganizationId,
    supplierOrganizationId: contract.supplierOrganizationId,
    title: contract.title,
    serviceKind: contract.serviceKind,
    amountFen: contract.amount.toFen(),
    multiYearConditionsMet: contract.multiYearConditionsMet,
    startsOn: contract.startsOn,
    endsOn: contract.endsOn,
    texts: contract.texts,
    milestones: milestones.map(({ position, title, amount, dueOn, acceptanceDueOn }) => ({
      position,
      title,
      amountFen: amount.toFen(),
      dueOn,
      acceptanceDueOn,
    })),
  };
}

import { Injectable } from '@nestjs/common';
import { allowedAbove, Register, UnitOfWork } from '#platform';
import { checkTerms, type ContractTerms } from './contract-terms.js';
import { ContractAccess } from './contract.access.js';
import { Milestone } from './contract.entity.js';
import { contractObject, milestoneObject } from './contract.object.js';
import { termsPermissions } from './terms.permissions.js';

/** The purchaser writes the terms and splits the amount into milestones, while nobody has signed. */
@Injectable()
export class SetTerms {
  constructor(
    private readonly register: Register,
    private readonly access: ContractAccess,
    private readonly uow: UnitOfWork,
  ) {}

  /** @throws DomainError contracts.term-*, contracts.milestone-outside-term, contracts.milestones-do-not-sum */
  async execute(contractId: string, version: number, terms: ContractTerms): Promise<void> {
    await this.register.act(contractObject, contractId, {
      action: 'set-terms',
      version,
      allow: (contract) => {
        this.access.mustBeForBuyer(contract, termsPermissions.draft);
      },
      apply: async (contract, act) => {
        checkTerms(terms, contract.amount);
        contract.startsOn = terms.startsOn;
        contract.endsOn = terms.endsOn;
        contract.multiYearConditionsMet = terms.multiYearConditionsMet;
        contract.texts = terms.texts;
        contract.draftedBy = act.by;
        act.note({ milestones: terms.milestones.length });
        await this.uow.manager.delete(Milestone, { contractId });
        const planned = terms.milestones.map((plan, at) => Milestone.planned(contractId, at + 1, plan));
        await this.register.add(milestoneObject, planned, { action: 'plan', allow: allowedAbove });
      },
    });
  }
}

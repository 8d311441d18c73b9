import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { AuditTrail, mustMatchVersion, UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { contractPermissions } from '../contracts.permissions.js';
import { checkTerms, type ContractTerms } from '../domain/contract-terms.js';
import { contractStates, milestoneStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { Milestone } from '../domain/contract.entity.js';

/** The purchaser writes the terms and splits the amount into milestones, while nobody has signed. */
@Injectable()
export class SetTerms {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly audit: AuditTrail,
  ) {}

  execute(contractId: string, seenVersion: number, terms: ContractTerms): Promise<void> {
    return this.uow.run(async () => {
      const contract = await this.contracts.lock(contractId);
      this.access.forBuyer(contract, contractPermissions.draft);
      mustMatchVersion(contract.version, seenVersion);
      contract.state = contractStates.next(contract.state, 'set-terms');
      checkTerms(terms, contract.amount);
      contract.startsOn = terms.startsOn;
      contract.endsOn = terms.endsOn;
      contract.multiYearConditionsMet = terms.multiYearConditionsMet;
      contract.texts = terms.texts;
      contract.draftedBy = this.access.accountId;
      await this.contracts.saveContract(contract);
      await this.uow.manager.delete(Milestone, { contractId });
      await this.uow.manager.insert(
        Milestone,
        terms.milestones.map((milestone, index) => ({
          id: newId(),
          contractId,
          position: index + 1,
          title: milestone.title,
          amount: milestone.amount,
          dueOn: milestone.dueOn,
          acceptanceDueOn: milestone.acceptanceDueOn,
          state: milestoneStates.initial,
          acceptedBy: null,
          version: 1,
        })),
      );
      await this.audit.record({
        action: 'contracts.set-terms',
        objectType: 'contract',
        objectId: contractId,
        after: { startsOn: terms.startsOn, endsOn: terms.endsOn, milestones: terms.milestones.length },
      });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail, TaskHandler } from '#platform';
import { ContractRepository } from '../application/contract-repository.js';
import { ACTIVATE } from '../application/signing-outcome.js';
import { contractStates } from '../domain/contract.state.js';

/** On the first day of its term a signed contract becomes active: from then on milestones can be delivered. */
@Injectable()
export class ActivateContractJob extends TaskHandler<{ contractId: string }> {
  readonly name = ACTIVATE;

  constructor(
    private readonly contracts: ContractRepository,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const contract = await this.contracts.lock(contractId);
    // Terminated before it began: nothing to activate.
    if (!contractStates.allows(contract.state, 'activate')) return;
    const before = contract.state;
    contract.state = contractStates.next(before, 'activate');
    await this.contracts.saveContract(contract);
    await this.audit.record({
      action: 'contracts.activate',
      objectType: 'contract',
      objectId: contractId,
      before: { state: before },
      after: { state: contract.state },
    });
  }
}

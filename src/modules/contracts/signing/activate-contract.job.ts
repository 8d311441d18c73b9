import { Injectable } from '@nestjs/common';
import { Access, Register, TaskHandler } from '#platform';
import { contractObject } from '../terms/contract.object.js';
import { contractStates } from '../terms/contract.state.js';

/** Timer that makes a signed contract active on the first day of its term. */
export const ACTIVATE = 'contracts.activate-contract';

/** On the first day of its term a signed contract becomes active: from then on milestones can be delivered. */
@Injectable()
export class ActivateContractJob extends TaskHandler<{ contractId: string }> {
  readonly name = ACTIVATE;

  constructor(
    private readonly register: Register,
    private readonly access: Access,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const allow = () => {
      this.access.systemOnly();
    };
    const { state } = await this.register.locked(contractObject, contractId, allow);
    // Terminated before it began: nothing to activate.
    if (!contractStates.allows(state, 'activate')) return;
    await this.register.act(contractObject, contractId, { action: 'activate', allow });
  }
}

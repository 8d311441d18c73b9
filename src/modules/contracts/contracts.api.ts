import { Injectable } from '@nestjs/common';
import { ContractReads, type ContractSummary } from './terms/contracts.read.js';

export type { ContractSummary };

/** What other modules may ask. The caller answers for who may see the answer. */
@Injectable()
export class ContractsApi {
  constructor(private readonly contracts: ContractReads) {}

  /** @throws DomainError platform.not-found */
  contract(id: string): Promise<ContractSummary> {
    return this.contracts.summary(id);
  }
}

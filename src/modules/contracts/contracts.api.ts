import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import type { ContractState } from './domain/contract.state.js';

export interface ContractSummary {
  readonly id: string;
  readonly awardId: string;
  readonly tenderId: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly supplierOrganizationId: string;
  readonly title: string;
  /** Integer fen. */
  readonly amountFen: number;
  /** China dates; null while the contract is a draft without terms. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly state: ContractState;
}

/** What other modules may ask. The caller answers for who may see the answer. */
@Injectable()
export class ContractsApi {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError platform.not-found */
  async contract(id: string): Promise<ContractSummary> {
    const contract = await this.uow.one<ContractSummary>(
      `SELECT id, award_id AS "awardId", tender_id AS "tenderId", area_code AS "areaCode",
              buyer_organization_id AS "buyerOrganizationId", supplier_organization_id AS "supplierOrganizationId",
              title, amount_fen::float8 AS "amountFen", starts_on::text AS "startsOn", ends_on::text AS "endsOn", state
       FROM contracts.contract WHERE id = $1`,
      [id],
    );
    if (!contract) throw platformErrors.notFound();
    return contract;
  }
}

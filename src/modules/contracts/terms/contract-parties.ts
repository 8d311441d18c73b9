import { Injectable } from '@nestjs/common';
import { db, query, UnitOfWork } from '#platform';
import type { Contract } from './contract.entity.js';

/** The two sides of a contract; each may have several parties, one of which leads. */
export type Side = 'buyer' | 'supplier';

/** Shares are in basis points of the side's part: together they are the whole. */
export const WHOLE_SHARE_BP = 10_000;

export interface Party {
  readonly organizationId: string;
  readonly role: Side;
}

const partiesOf = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.contract_party')
    .select(['organization_id as organizationId', 'role'])
    .where('contract_id', '=', p.contractId)
    .orderBy('role')
    .orderBy('lead', 'desc')
    .orderBy('organization_id'),
);

const addParties = query(
  (p: { contractId: string; buyerOrganizationId: string; supplierOrganizationId: string }) =>
    db.insertInto('contracts.contract_party').values(
      (
        [
          ['buyer', p.buyerOrganizationId],
          ['supplier', p.supplierOrganizationId],
        ] as const
      ).map(([role, organization_id]) => ({
        ...{
          contract_id: p.contractId,
          organization_id,
          role,
          lead: true,
          share_basis_points: WHOLE_SHARE_BP,
        },
      })),
    ),
);

/** Who has agreed to what: the one place that says which organizations stand on which side of a contract. */
@Injectable()
export class ContractParties {
  constructor(private readonly uow: UnitOfWork) {}

  /** One buyer and one supplier, each leading its side. */
  async add({ id, buyerOrganizationId, supplierOrganizationId }: Contract): Promise<void> {
    await this.uow.all(addParties, { contractId: id, buyerOrganizationId, supplierOrganizationId });
  }

  /** Whoever leads first. */
  async suppliers(contractId: string): Promise<string[]> {
    const parties = await this.uow.all(partiesOf, { contractId });
    return parties.filter(({ role }) => role === 'supplier').map(({ organizationId }) => organizationId);
  }
}

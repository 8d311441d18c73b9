import { Injectable } from '@nestjs/common';
import {
  db,
  fen,
  isInAreas,
  isOneOf,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  UnitOfWork,
} from '#platform';
import { ContractAccess } from './contract.access.js';
import type { ContractState } from './contract.state.js';
import type { ContractDetailResponse, ContractResponse } from './http/contract.response.js';
import { termsPermissions } from './terms.permissions.js';

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'c.created_at', cast: 'timestamptz' },
    { sql: 'c.id', cast: 'uuid' },
  ],
  'desc',
);

const contracts = () =>
  db
    .selectFrom('contracts.contract as c')
    .select([
      'c.id',
      'c.award_id as awardId',
      'c.tender_id as tenderId',
      'c.area_code as areaCode',
      'c.buyer_organization_id as buyerOrganizationId',
      'c.supplier_organization_id as supplierOrganizationId',
      'c.title',
      'c.service_kind as serviceKind',
      'c.starts_on as startsOn',
      'c.ends_on as endsOn',
      'c.state',
      'c.version',
    ])
    .select((eb) => fen(eb.ref('c.amount_fen')).as('amountFen'));

const contractById = query((p: { contractId: string }) =>
  contracts().select('c.texts').where('c.id', '=', p.contractId),
);

const summaryById = query((p: { contractId: string }) => contracts().where('c.id', '=', p.contractId));

const milestonesOf = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.milestone as m')
    .select([
      'm.id',
      'm.position',
      'm.title',
      'm.due_on as dueOn',
      'm.acceptance_due_on as acceptanceDueOn',
      'm.state',
    ])
    .select((eb) => fen(eb.ref('m.amount_fen')).as('amountFen'))
    .where('m.contract_id', '=', p.contractId)
    .orderBy('m.position'),
);

const sidesThatSigned = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.signature')
    .select('side')
    .where('contract_id', '=', p.contractId)
    .orderBy('signed_at'),
);

/** A contract as notices and the modules above need it. */
export type ContractSummary = ContractResponse;

/** Contracts as their parties, officials and auditors see them. */
@Injectable()
export class ContractReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ContractAccess,
  ) {}

  list(filter: {
    limit: number;
    cursor?: string | undefined;
    state?: ContractState | undefined;
  }): Promise<Page<ContractResponse>> {
    const { areaPatterns, organizationIds } = this.access.scope(termsPermissions.read);
    const visible = contracts()
      .where((eb) =>
        eb.or([
          isInAreas(eb.ref('c.area_code'), areaPatterns),
          eb.exists(
            eb
              .selectFrom('contracts.contract_party as y')
              .select('y.role')
              .whereRef('y.contract_id', '=', 'c.id')
              .where('y.role', '=', 'supplier')
              .where((own) => isOneOf(own.ref('y.organization_id'), organizationIds, 'uuid')),
          ),
        ]),
      )
      .$if(filter.state !== undefined, (list) => list.where('c.state', '=', filter.state as ContractState));
    return pageOf(this.uow, newestFirst, filter, visible);
  }

  /** @throws DomainError platform.not-found when it is not there or not the reader's */
  async read(contractId: string): Promise<ContractDetailResponse> {
    const contract = await this.visible(contractId);
    const milestones = await this.uow.all(milestonesOf, { contractId });
    const signatures = await this.uow.all(sidesThatSigned, { contractId });
    return { ...contract, milestones, signedBy: signatures.map(({ side }) => side) };
  }

  /** Whoever asks answers for who may see the answer. @throws DomainError platform.not-found */
  async summary(contractId: string): Promise<ContractSummary> {
    const contract = await this.uow.first(summaryById, { contractId });
    if (!contract) throw platformErrors.notFound();
    return contract;
  }

  /** @throws DomainError platform.not-found when it is not there or not the reader's */
  async visible(contractId: string) {
    const contract = await this.uow.first(contractById, { contractId });
    if (!contract) throw platformErrors.notFound();
    await this.access.mustBeForEither(contract, termsPermissions.read);
    return { ...contract, texts: contract.texts as Record<string, string> };
  }
}

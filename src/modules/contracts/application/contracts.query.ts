import { Injectable } from '@nestjs/common';
import { FileStore, inAreas, Keyset, type Page, platformErrors, UnitOfWork } from '#platform';
import { ContractAccess } from '../contracts.access.js';
import { contractPermissions } from '../contracts.permissions.js';
import type { ContractState, MilestoneState } from '../domain/contract.state.js';
import type { UserOpinion } from './delivery-decisions.js';

export interface ContractRow {
  readonly id: string;
  readonly awardId: string;
  readonly tenderId: string;
  readonly areaCode: string;
  readonly buyerOrganizationId: string;
  readonly supplierOrganizationId: string;
  readonly title: string;
  readonly serviceKind: 'public-service' | 'auxiliary';
  readonly amountFen: number;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly state: ContractState;
  readonly version: number;
}

export interface MilestoneRow {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly amountFen: number;
  readonly dueOn: string | null;
  readonly acceptanceDueOn: string | null;
  readonly state: MilestoneState;
}

export interface DeliveryRow {
  readonly id: string;
  readonly milestoneId: string;
  readonly note: string;
  readonly deliveredAt: string;
  readonly outcome: 'accepted' | 'rejected' | null;
  readonly outcomeNote: string | null;
  readonly opinions: UserOpinion[];
}

const COLUMNS = `c.id, c.award_id AS "awardId", c.tender_id AS "tenderId", c.area_code AS "areaCode",
  c.buyer_organization_id AS "buyerOrganizationId", c.supplier_organization_id AS "supplierOrganizationId",
  c.title, c.service_kind AS "serviceKind", c.amount_fen::float8 AS "amountFen",
  c.starts_on::text AS "startsOn", c.ends_on::text AS "endsOn", c.state, c.version`;

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'c.created_at', cast: 'timestamptz' },
    { sql: 'c.id', cast: 'uuid' },
  ],
  'desc',
);

/** Contracts as their parties, officials and auditors see them. */
@Injectable()
export class ContractQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ContractAccess,
    private readonly files: FileStore,
  ) {}

  async list(filter: {
    limit: number;
    cursor?: string | undefined;
    state?: ContractState | undefined;
  }): Promise<Page<ContractRow>> {
    const { areaPatterns, organizationIds } = this.access.scope(contractPermissions.read);
    const parameters: unknown[] = [organizationIds, filter.state ?? null];
    const areas = inAreas('c.area_code', areaPatterns, parameters);
    const after = newestFirst.after(filter.cursor, parameters);
    const rows = await this.uow.sql<ContractRow & { key: string }>(
      `SELECT ${COLUMNS}, c.created_at::text AS key FROM contracts.contract c
       WHERE (${areas} OR c.supplier_organization_id = ANY ($1::uuid[]))
         AND ($2::text IS NULL OR c.state = $2) AND ${after}
       ${newestFirst.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestFirst.page(
      rows,
      filter.limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...row }) => row,
    );
  }

  /** @throws DomainError platform.not-found when it is not there or not the reader's */
  async read(contractId: string): Promise<
    ContractRow & {
      texts: Record<string, string>;
      milestones: MilestoneRow[];
      signedBy: ('buyer' | 'supplier')[];
    }
  > {
    const contract = await this.visible(contractId);
    const milestones = await this.uow.sql<MilestoneRow>(
      `SELECT id, position, title, amount_fen::float8 AS "amountFen", due_on::text AS "dueOn",
              acceptance_due_on::text AS "acceptanceDueOn", state
       FROM contracts.milestone WHERE contract_id = $1 ORDER BY position`,
      [contractId],
    );
    const signatures = await this.uow.sql<{ side: 'buyer' | 'supplier' }>(
      'SELECT side FROM contracts.signature WHERE contract_id = $1 ORDER BY signed_at',
      [contractId],
    );
    return { ...contract, milestones, signedBy: signatures.map(({ side }) => side) };
  }

  async deliveries(contractId: string) {
    await this.visible(contractId);
    const rows = await this.uow.sql<DeliveryRow>(
      `SELECT d.id, d.milestone_id AS "milestoneId", d.note,
              to_char(d.delivered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "deliveredAt",
              a.outcome, a.note AS "outcomeNote", coalesce(a.opinions, '[]') AS opinions
       FROM contracts.delivery d
       JOIN contracts.milestone m ON m.id = d.milestone_id
       LEFT JOIN contracts.acceptance a ON a.delivery_id = d.id
       WHERE m.contract_id = $1 ORDER BY d.delivered_at DESC, d.id DESC LIMIT 200`,
      [contractId],
    );
    const files = await this.files.attachedTo(
      'contracts.delivery',
      rows.map(({ id }) => id),
    );
    // The newest are never cut off; shown in the order in which they came.
    return rows.toReversed().map((row) => ({
      ...row,
      files: files
        .filter(({ objectId }) => objectId === row.id)
        .map(({ objectId: _objectId, ...file }) => file),
    }));
  }

  /** An attachment of a delivery, for whoever may see the contract. */
  async openEvidence(contractId: string, deliveryId: string, fileId: string) {
    await this.visible(contractId);
    const belongs = await this.uow.one(
      `SELECT 1 FROM contracts.delivery d JOIN contracts.milestone m ON m.id = d.milestone_id
       WHERE d.id = $1 AND m.contract_id = $2`,
      [deliveryId, contractId],
    );
    if (!belongs) throw platformErrors.notFound();
    return this.files.openAttached('contracts.delivery', deliveryId, fileId);
  }

  private async visible(contractId: string): Promise<ContractRow & { texts: Record<string, string> }> {
    const contract = await this.uow.one<ContractRow & { texts: Record<string, string> }>(
      `SELECT ${COLUMNS}, c.texts FROM contracts.contract c WHERE c.id = $1`,
      [contractId],
    );
    if (!contract) throw platformErrors.notFound();
    this.access.forEither(contract, contractPermissions.read);
    return contract;
  }
}

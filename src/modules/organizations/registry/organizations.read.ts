import { Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { IdentityApi, type OrganizationMember } from '#modules/identity';
import { Access, Keyset, type Page, platformErrors, UnitOfWork } from '#platform';
import type { OrganizationStage, OrganizationStatus } from './organization.state.js';
import { OrganizationAccess } from './organization.access.js';
import { organizationPermissions } from '../organizations.permissions.js';

/** What everybody may know about an approved organization. */
export interface PublicOrganization {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly kind: string;
  readonly kindZh: string;
  readonly kindEn: string;
  readonly stage: OrganizationStage;
  readonly areaCode: string;
  readonly areaName: string;
  readonly purpose: string;
  readonly fiscalHostId: string | null;
  readonly fiscalHostName: string | null;
}

/** The same with what only its people and the officials of the area see. */
export interface OrganizationFile extends PublicOrganization {
  readonly status: OrganizationStatus;
  readonly subclass: string;
  readonly filingNumber: string | null;
  readonly claimsSmallEnterprise: boolean;
  readonly decisionReason: string | null;
  readonly registeredAt: Date;
  readonly decidedAt: Date | null;
  readonly version: number;
}

export interface OrganizationFilter {
  /** Part of the name, or something like it. */
  readonly q?: string | undefined;
  readonly areaCode?: string | undefined;
  readonly kind?: string | undefined;
  readonly stage?: OrganizationStage | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const PUBLIC_COLUMNS = `o.id, o.name, o.credit_code AS "creditCode", o.kind, c.zh AS "kindZh", c.en AS "kindEn",
  o.stage, o.area_code AS "areaCode", a.name AS "areaName", o.purpose, o.fiscal_host_id AS "fiscalHostId",
  h.name AS "fiscalHostName"`;
const FILE_COLUMNS = `${PUBLIC_COLUMNS}, o.status, o.subclass, o.filing_number AS "filingNumber",
  o.claims_small_enterprise AS "claimsSmallEnterprise", o.decision_reason AS "decisionReason",
  o.registered_at AS "registeredAt", o.decided_at AS "decidedAt", o.version`;
const FROM = `FROM organizations.organization o
  JOIN organizations.market_class c ON c.kind = o.kind AND c.subclass = o.subclass
  JOIN identity.area a ON a.code = o.area_code
  LEFT JOIN organizations.organization h ON h.id = o.fiscal_host_id`;

const BY_NAME = new Keyset(
  'name',
  [
    { sql: 'o.name', cast: 'text' },
    { sql: 'o.id', cast: 'uuid' },
  ],
  'asc',
);
const BY_ID = new Keyset('registered', [{ sql: 'o.id', cast: 'uuid' }], 'asc');

/** Reads organizations: the public list, the officials' list, one's own. */
@Injectable()
export class FindOrganizations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: OrganizationAccess,
    private readonly actor: Access,
    private readonly identity: IdentityApi,
  ) {}

  /** Approved organizations by name. */
  async listPublic(filter: OrganizationFilter): Promise<Page<PublicOrganization>> {
    const parameters: unknown[] = [];
    const conditions = [
      "o.status = 'approved'",
      ...narrowing(filter, parameters),
      BY_NAME.after(filter.cursor, parameters),
    ];
    const rows = await this.uow.sql<PublicOrganization>(
      `SELECT ${PUBLIC_COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')} ${BY_NAME.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return BY_NAME.page(
      rows,
      filter.limit,
      ({ name, id }) => [name, id],
      (row) => row,
    );
  }

  /** Organizations of the official's areas in one status, oldest registration first. */
  async listForReview(
    filter: OrganizationFilter & { status: OrganizationStatus },
  ): Promise<Page<OrganizationFile>> {
    const parameters: unknown[] = [filter.status, this.access.reviewableAreas()];
    const conditions = [
      'o.status = $1 AND o.area_code LIKE ANY ($2)',
      ...narrowing(filter, parameters),
      BY_ID.after(filter.cursor, parameters),
    ];
    const rows = await this.uow.sql<OrganizationFile>(
      `SELECT ${FILE_COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')} ${BY_ID.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return BY_ID.page(
      rows,
      filter.limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** Those the person registered or works for; at most 200. */
  async listOwn(): Promise<OrganizationFile[]> {
    const { actor } = this.actor;
    return this.uow.sql<OrganizationFile>(
      `SELECT ${FILE_COLUMNS} ${FROM} WHERE o.registered_by = $1 OR o.id = ANY ($2) ORDER BY o.id LIMIT 200`,
      [actor.id, actor.organizationsFor(organizationPermissions.work)],
    );
  }

  /** The public profile. @throws DomainError platform.not-found unless it is approved */
  async publicProfile(id: string): Promise<PublicOrganization> {
    const row = isUuid(id)
      ? await this.uow.one<PublicOrganization & Record<string, unknown>>(
          `SELECT ${PUBLIC_COLUMNS} ${FROM} WHERE o.id = $1 AND o.status = 'approved'`,
          [id],
        )
      : undefined;
    if (!row) throw platformErrors.notFound();
    return row;
  }

  /** Everything on file, for its people and the officials of the area. @throws DomainError platform.not-found */
  async file(id: string): Promise<OrganizationFile> {
    const { actor } = this.actor;
    const row = await this.uow.one<OrganizationFile & Record<string, unknown>>(
      `SELECT ${FILE_COLUMNS} ${FROM}
       WHERE o.id = $1 AND (o.registered_by = $2 OR o.id = ANY ($3) OR o.area_code LIKE ANY ($4))`,
      [id, actor.id, actor.organizationsFor(organizationPermissions.work), this.access.reviewableAreas()],
    );
    if (!row) throw platformErrors.notFound();
    return row;
  }

  /** @throws DomainError platform.not-found */
  async members(id: string): Promise<OrganizationMember[]> {
    const row = await this.uow.one<{ id: string; areaCode: string }>(
      'SELECT id, area_code AS "areaCode" FROM organizations.organization WHERE id = $1',
      [id],
    );
    if (!row) throw platformErrors.notFound();
    this.access.mustMaySeeMembers(row);
    return this.identity.membersOfOrganization(id);
  }
}

function narrowing({ q, areaCode, kind, stage }: OrganizationFilter, parameters: unknown[]): string[] {
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  if (q !== undefined) {
    // Contained, or nearly so (pg_trgm word similarity): a name told on the phone is rarely spelt right.
    const part = bind(`%${q.replace(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(o.name ILIKE ${part} OR ${bind(q)} <% o.name)`);
  }
  if (areaCode !== undefined) conditions.push(`o.area_code LIKE ${bind(`${areaCode}%`)}`);
  if (kind !== undefined) conditions.push(`o.kind = ${bind(kind)}`);
  if (stage !== undefined) conditions.push(`o.stage = ${bind(stage)}`);
  return conditions;
}

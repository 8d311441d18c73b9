import { Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import {
  containsText,
  db,
  isInAreas,
  isOneOf,
  Keyset,
  type Page,
  pageOf,
  platformErrors,
  query,
  sql,
  UnitOfWork,
} from '#platform';
import type { OrganizationFileResponse, PublicOrganizationResponse } from './http/organization.response.js';
import { OrganizationAccess } from './organization.access.js';
import type { OrganizationStage, OrganizationStatus } from './organization.state.js';

export interface OrganizationFilter {
  /** Part of the name, or something like it. */
  readonly q?: string | undefined;
  readonly areaCode?: string | undefined;
  readonly kind?: string | undefined;
  readonly stage?: OrganizationStage | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const OWN_SHOWN = 200;

const byName = new Keyset(
  'name',
  [
    { sql: 'o.name', cast: 'text' },
    { sql: 'o.id', cast: 'uuid' },
  ],
  'asc',
);
const byId = new Keyset('registered', [{ sql: 'o.id', cast: 'uuid' }], 'asc');

/** What everybody may know about an organization once it is approved. */
const profiles = () =>
  db
    .selectFrom('organizations.organization as o')
    .innerJoin('organizations.market_class as c', (on) =>
      on.onRef('c.kind', '=', 'o.kind').onRef('c.subclass', '=', 'o.subclass'),
    )
    .innerJoin('identity.area as a', 'a.code', 'o.area_code')
    .leftJoin('organizations.organization as h', 'h.id', 'o.fiscal_host_id')
    .select(['o.id', 'o.name', 'o.credit_code as creditCode', 'o.kind', 'c.zh as kindZh', 'c.en as kindEn'])
    .select(['o.stage', 'o.area_code as areaCode', 'a.name as areaName', 'o.purpose'])
    .select(['o.fiscal_host_id as fiscalHostId', 'h.name as fiscalHostName']);

/** The same with what only its people and the officials of the area see. */
const files = () =>
  profiles()
    .select(['o.status', 'o.subclass', 'o.filing_number as filingNumber'])
    .select(['o.claims_small_enterprise as claimsSmallEnterprise', 'o.decision_reason as decisionReason'])
    .select(['o.registered_at as registeredAt', 'o.decided_at as decidedAt', 'o.version']);

const publicProfile = query((p: { id: string }) =>
  profiles().where('o.id', '=', p.id).where('o.status', '=', 'approved'),
);

const ownFiles = query((p: { actorId: string; organizationIds: readonly string[] }) =>
  files()
    .where((eb) =>
      eb.or([eb('o.registered_by', '=', p.actorId), isOneOf(eb.ref('o.id'), p.organizationIds, 'uuid')]),
    )
    .orderBy('o.id')
    .limit(OWN_SHOWN),
);

const nameById = query((p: { id: string }) =>
  db.selectFrom('organizations.organization').select('name').where('id', '=', p.id),
);

const registrantById = query((p: { id: string }) =>
  db.selectFrom('organizations.organization').select('registered_by as account').where('id', '=', p.id),
);

/** Reads organizations: the public list, the officials' list, one's own. */
@Injectable()
export class OrganizationReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: OrganizationAccess,
  ) {}

  /** Approved organizations by name. */
  listPublic(filter: OrganizationFilter): Promise<Page<PublicOrganizationResponse>> {
    const approved = profiles().where('o.status', '=', 'approved');
    return pageOf(this.uow, byName, filter, narrowed(approved, filter));
  }

  /** Organizations of the official's areas in one status, oldest registration first. */
  listForReview(
    filter: OrganizationFilter & { status: OrganizationStatus },
  ): Promise<Page<OrganizationFileResponse>> {
    const { areaPatterns } = this.access.scope();
    const reviewable = files()
      .where('o.status', '=', filter.status)
      .where((eb) => isInAreas(eb.ref('o.area_code'), areaPatterns));
    return pageOf(this.uow, byId, filter, narrowed(reviewable, filter));
  }

  /** Those the person registered or works for; at most 200. */
  listOwn(): Promise<OrganizationFileResponse[]> {
    return this.uow.all(ownFiles, this.access.scope());
  }

  /** The public profile. @throws DomainError platform.not-found unless it is approved */
  async publicProfile(id: string): Promise<PublicOrganizationResponse> {
    const profile = isUuid(id) ? await this.uow.first(publicProfile, { id }) : undefined;
    if (!profile) throw platformErrors.notFound();
    return profile;
  }

  /** Everything on file, for its people and the officials of the area. @throws DomainError platform.not-found */
  async file(id: string): Promise<OrganizationFileResponse> {
    const { actorId, organizationIds, areaPatterns } = this.access.scope();
    const file = await this.uow.first(
      files()
        .where('o.id', '=', id)
        .where((eb) =>
          eb.or([
            eb('o.registered_by', '=', actorId),
            isOneOf(eb.ref('o.id'), organizationIds, 'uuid'),
            isInAreas(eb.ref('o.area_code'), areaPatterns),
          ]),
        ),
    );
    if (!file) throw platformErrors.notFound();
    return file;
  }

  /** @throws DomainError platform.not-found */
  async nameOf(id: string): Promise<string> {
    const found = await this.uow.first(nameById, { id });
    if (!found) throw platformErrors.notFound();
    return found.name;
  }

  /** The account that registered it, while it may have no members yet; undefined when the product entered it. */
  async registrant(id: string): Promise<string | undefined> {
    const found = await this.uow.first(registrantById, { id });
    return found && isUuid(found.account) ? found.account : undefined;
  }
}

type Listed = ReturnType<typeof profiles>;

function narrowed<List extends Listed>(list: List, { q, areaCode, kind, stage }: OrganizationFilter): List {
  const matching = list
    // Contained, or nearly so (pg_trgm word similarity): a name told on the phone is rarely spelt right.
    .$if(q !== undefined, (all) =>
      all.where((eb) =>
        eb.or([containsText(eb.ref('o.name'), q ?? ''), sql<boolean>`${q} <% ${eb.ref('o.name')}`]),
      ),
    )
    .$if(areaCode !== undefined, (all) => all.where('o.area_code', 'like', `${areaCode ?? ''}%`))
    .$if(kind !== undefined, (all) => all.where('o.kind', '=', kind ?? ''))
    .$if(stage !== undefined, (all) => all.where('o.stage', '=', stage as OrganizationStage));
  return matching as List;
}

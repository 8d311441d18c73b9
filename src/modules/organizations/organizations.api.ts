import { Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { UnitOfWork } from '#platform';
import type { OrganizationStage, OrganizationStatus } from './registry/organization.state.js';
import { organizationErrors } from './organizations.errors.js';

export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  /** Derived from the credit code (`state-organ`, `private-non-enterprise`, …); `community-group` without one. */
  readonly kind: string;
  readonly stage: OrganizationStage;
  readonly status: OrganizationStatus;
  readonly areaCode: string;
  /** Claims the preference and is of a class that has it; whether it is small is declared bid by bid. */
  readonly smallEnterpriseEntitled: boolean;
  readonly fiscalHostId: string | null;
}

interface Row extends OrganizationView {
  readonly maySupply: boolean;
  readonly mayBuy: boolean;
}

/** What the other modules may ask about organizations. */
@Injectable()
export class OrganizationsApi {
  constructor(private readonly uow: UnitOfWork) {}

  /** By id; an unknown id has no entry. */
  async organizations(ids: readonly string[]): Promise<Map<string, OrganizationView>> {
    const rows = await this.load(ids);
    return new Map(rows.map(({ maySupply: _s, mayBuy: _b, ...view }) => [view.id, view]));
  }

  /** Empty for an organization that is not there. */
  async nameOf(id: string): Promise<string> {
    return (await this.organizations([id])).get(id)?.name ?? '';
  }

  /** The account that registered it, while it may have no members yet; undefined when the product entered it. */
  async registrant(id: string): Promise<string | undefined> {
    const row = await this.uow.one<{ account: string }>(
      'SELECT registered_by AS account FROM organizations.organization WHERE id = $1',
      [id],
    );
    return row && isUuid(row.account) ? row.account : undefined;
  }

  /** @throws DomainError organizations.not-a-supplier unless approved, registered and of an admitted class */
  async mustBeSupplier(id: string): Promise<void> {
    const [row] = await this.load([id]);
    if (row?.status !== 'approved' || row.stage !== 'registered' || !row.maySupply) {
      throw organizationErrors.notASupplier();
    }
  }

  /** @throws DomainError organizations.not-a-buyer unless it is an approved state organ or treated as one */
  async mustBeBuyer(id: string): Promise<void> {
    const [row] = await this.load([id]);
    if (row?.status !== 'approved' || !row.mayBuy) throw organizationErrors.notABuyer();
  }

  private async load(ids: readonly string[]): Promise<Row[]> {
    if (ids.length === 0) return [];
    return this.uow.sql<Row>(
      `SELECT o.id, o.name, o.credit_code AS "creditCode", o.kind, o.stage, o.status, o.area_code AS "areaCode",
              o.claims_small_enterprise AND c.small_enterprise AS "smallEnterpriseEntitled",
              o.fiscal_host_id AS "fiscalHostId", c.may_supply AS "maySupply", c.may_buy AS "mayBuy"
       FROM organizations.organization o
       JOIN organizations.market_class c ON c.kind = o.kind AND c.subclass = o.subclass
       WHERE o.id = ANY ($1)`,
      [ids],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { db, isOneOf, query, UnitOfWork } from '#platform';
import type { OrganizationStage, OrganizationStatus } from './registry/organization.state.js';
import { registryErrors } from './registry/registry.errors.js';

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

const organizationsById = query((p: { ids: readonly string[] }) =>
  db
    .selectFrom('organizations.organization as o')
    .innerJoin('organizations.market_class as c', (on) =>
      on.onRef('c.kind', '=', 'o.kind').onRef('c.subclass', '=', 'o.subclass'),
    )
    .select(['o.id', 'o.name', 'o.credit_code as creditCode', 'o.kind', 'o.stage', 'o.status'])
    .select(['o.area_code as areaCode', 'o.fiscal_host_id as fiscalHostId'])
    .select(['c.may_supply as maySupply', 'c.may_buy as mayBuy'])
    .select((eb) =>
      eb.and([eb.ref('o.claims_small_enterprise'), eb.ref('c.small_enterprise')]).as('isEntitled'),
    )
    .where((eb) => isOneOf(eb.ref('o.id'), p.ids, 'uuid')),
);

/** What the other modules may ask about organizations. */
@Injectable()
export class OrganizationsApi {
  constructor(private readonly uow: UnitOfWork) {}

  /** By id; an unknown id has no entry. */
  async organizations(ids: readonly string[]): Promise<Map<string, OrganizationView>> {
    const found = await this.load(ids);
    return new Map(
      found.map(({ maySupply: _s, mayBuy: _b, isEntitled, ...view }) => [
        view.id,
        { ...view, smallEnterpriseEntitled: isEntitled === true },
      ]),
    );
  }

  /** @throws DomainError organizations.not-a-supplier unless approved, registered and of an admitted class */
  async mustBeSupplier(id: string): Promise<void> {
    const [found] = await this.load([id]);
    if (found?.status !== 'approved' || found.stage !== 'registered' || !found.maySupply) {
      throw registryErrors.notASupplier();
    }
  }

  /** @throws DomainError organizations.not-a-buyer unless it is an approved state organ or treated as one */
  async mustBeBuyer(id: string): Promise<void> {
    const [found] = await this.load([id]);
    if (found?.status !== 'approved' || !found.mayBuy) throw registryErrors.notABuyer();
  }

  private async load(ids: readonly string[]) {
    return ids.length === 0 ? [] : this.uow.all(organizationsById, { ids });
  }
}

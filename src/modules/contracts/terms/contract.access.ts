import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import { ContractParties, type Party } from './contract-parties.js';
import type { Contract } from './contract.entity.js';

type Parties = Pick<Contract, 'id' | 'areaCode' | 'buyerOrganizationId'>;

/** Who may do what to which contract: officials through its area, the suppliers' people through their organization. */
@Injectable()
export class ContractAccess {
  constructor(
    private readonly access: Access,
    private readonly parties: ContractParties,
  ) {}

  get accountId(): string {
    return this.access.accountId;
  }

  /** @throws DomainError platform.not-found outside the person's areas */
  mustBeForBuyer({ areaCode }: Pick<Parties, 'areaCode'>, permission: string): void {
    this.access.inArea(permission, areaCode);
  }

  /** @throws DomainError platform.not-found outside the person's organizations */
  async mustBeForSupplier({ id }: Pick<Parties, 'id'>, permission: string): Promise<void> {
    this.access.inOrganization(permission, ...(await this.parties.suppliers(id)));
  }

  /** @throws DomainError platform.not-found for neither side */
  async mustBeForEither(
    { id, areaCode }: Pick<Parties, 'id' | 'areaCode'>,
    permission: string,
  ): Promise<void> {
    this.access.inAreaOrOrganization(permission, areaCode, ...(await this.parties.suppliers(id)));
  }

  /** Does the person belong to one of the suppliers, whatever office they hold? */
  async isOfSupplier({ id }: Pick<Parties, 'id'>): Promise<boolean> {
    const suppliers = await this.parties.suppliers(id);
    return this.access.actor.memberships.some(
      (held) => 'organizationId' in held && suppliers.includes(held.organizationId),
    );
  }

  /** The party for which the person may act. @throws DomainError platform.not-found when for none */
  async party({ id, areaCode, buyerOrganizationId }: Parties, permission: string): Promise<Party> {
    if (this.access.actor.canInArea(permission, areaCode))
      return { organizationId: buyerOrganizationId, role: 'buyer' };
    const suppliers = await this.parties.suppliers(id);
    const organizationId = suppliers.find((own) => this.access.actor.canInOrganization(permission, own));
    if (organizationId === undefined) throw platformErrors.notFound();
    return { organizationId, role: 'supplier' };
  }

  /** Filters of a list: areas as LIKE patterns and own organizations. */
  scope(permission: string): { areaPatterns: string[]; organizationIds: readonly string[] } {
    return {
      areaPatterns: this.access.areaPatterns(permission),
      organizationIds: this.access.actor.organizationsFor(permission),
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import type { Contract } from './contract.entity.js';

export type Side = 'buyer' | 'supplier';

type Parties = Pick<Contract, 'areaCode' | 'supplierOrganizationId'>;

/** Who may do what to which contract: officials through its area, the supplier's people through their organization. */
@Injectable()
export class ContractAccess {
  constructor(private readonly access: Access) {}

  get accountId(): string {
    return this.access.accountId;
  }

  /** @throws DomainError platform.not-found outside the person's areas */
  mustBeForBuyer({ areaCode }: Parties, permission: string): void {
    this.access.inArea(permission, areaCode);
  }

  /** @throws DomainError platform.not-found outside the person's organizations */
  mustBeForSupplier({ supplierOrganizationId }: Parties, permission: string): void {
    this.access.inOrganization(permission, supplierOrganizationId);
  }

  /** @throws DomainError platform.not-found for neither side */
  mustBeForEither({ areaCode, supplierOrganizationId }: Parties, permission: string): void {
    this.access.inAreaOrOrganization(permission, areaCode, supplierOrganizationId);
  }

  /** Does the person belong to the supplier, whatever office they hold? */
  isOfSupplier({ supplierOrganizationId }: Parties): boolean {
    return this.access.actor.memberships.some(
      (held) => 'organizationId' in held && held.organizationId === supplierOrganizationId,
    );
  }

  /** The side for which the person may act. @throws DomainError platform.not-found when for neither */
  side({ areaCode, supplierOrganizationId }: Parties, permission: string): Side {
    if (this.access.actor.canInArea(permission, areaCode)) return 'buyer';
    if (this.access.actor.canInOrganization(permission, supplierOrganizationId)) return 'supplier';
    throw platformErrors.notFound();
  }

  /** Filters of a list: areas as LIKE patterns and own organizations. */
  scope(permission: string): { areaPatterns: string[]; organizationIds: readonly string[] } {
    return {
      areaPatterns: this.access.areaPatterns(permission),
      organizationIds: this.access.actor.organizationsFor(permission),
    };
  }
}

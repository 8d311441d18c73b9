import { Injectable } from '@nestjs/common';
import { Access, platformErrors } from '#platform';
import { contractErrors } from './contracts.errors.js';
import type { Contract } from './domain/contract.entity.js';

export type Side = 'buyer' | 'supplier';

/** Who may do what to which contract: officials through its area, the supplier's people through their organization. */
@Injectable()
export class ContractAccess {
  constructor(private readonly access: Access) {}

  get accountId(): string {
    return this.access.accountId;
  }

  forBuyer(contract: Contract, permission: string): void {
    this.access.inArea(permission, contract.areaCode);
  }

  forSupplier(contract: Contract, permission: string): void {
    this.access.inOrganization(permission, contract.supplierOrganizationId);
  }

  /**
   * Whoever belongs to the supplier does not judge its work, whatever office they hold.
   * @throws DomainError contracts.supplier-accepts
   */
  mustNotBeOfSupplier(contract: Contract): void {
    const belongs = this.access.actor.memberships.some(
      (held) => 'organizationId' in held && held.organizationId === contract.supplierOrganizationId,
    );
    if (belongs) throw contractErrors.supplierAccepts();
  }

  forEither(contract: Pick<Contract, 'areaCode' | 'supplierOrganizationId'>, permission: string): void {
    this.access.inAreaOrOrganization(permission, contract.areaCode, contract.supplierOrganizationId);
  }

  /** The side for which the person may sign. @throws DomainError platform.not-found when for neither */
  side(contract: Contract, permission: string): Side {
    if (this.access.actor.canInArea(permission, contract.areaCode)) return 'buyer';
    if (this.access.actor.canInOrganization(permission, contract.supplierOrganizationId)) return 'supplier';
    throw platformErrors.notFound();
  }

  /** Filters of the list: areas as LIKE patterns and own organizations. */
  scope(permission: string): { areaPatterns: string[]; organizationIds: readonly string[] } {
    return {
      areaPatterns: this.access.areaPatterns(permission),
      organizationIds: this.access.actor.organizationsFor(permission),
    };
  }
}

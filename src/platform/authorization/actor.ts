import { type Membership, roleCarries } from '#libs/kernel';

/** Who acts: a person with an account, or the product itself (a job, a command). */
export class Actor {
  private constructor(
    readonly kind: 'person' | 'system',
    /** Account id; for the system its name, e.g. `system:relay`. */
    readonly id: string,
    readonly memberships: readonly Membership[],
  ) {}

  static person(accountId: string, memberships: readonly Membership[]): Actor {
    return new Actor('person', accountId, memberships);
  }

  /** The product acting by itself. It holds no role: use cases it may run say so (`actor.isSystem`). */
  static system(name: string): Actor {
    return new Actor('system', `system:${name}`, []);
  }

  get isSystem(): boolean {
    return this.kind === 'system';
  }

  /** May this person ever use the permission, on whatever object? */
  can(permission: string): boolean {
    if (this.isSystem) return false;
    return (
      roleCarries('member', permission) || this.memberships.some((held) => roleCarries(held.role, permission))
    );
  }

  /** Codes of the areas in (and below) which the permission is held. */
  areasFor(permission: string): readonly string[] {
    return this.memberships.flatMap((held) =>
      'areaCode' in held && roleCarries(held.role, permission) ? [held.areaCode] : [],
    );
  }

  organizationsFor(permission: string): readonly string[] {
    return this.memberships.flatMap((held) =>
      'organizationId' in held && roleCarries(held.role, permission) ? [held.organizationId] : [],
    );
  }

  /** Division codes nest, so an area lies below another exactly when its code starts with the other's. */
  canInArea(permission: string, areaCode: string): boolean {
    return this.areasFor(permission).some((held) => areaCode.startsWith(held));
  }

  canInOrganization(permission: string, organizationId: string): boolean {
    return this.organizationsFor(permission).includes(organizationId);
  }
}

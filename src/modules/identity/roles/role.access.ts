import { Injectable } from '@nestjs/common';
import { Access } from '#platform';
import { mayGrant } from './grant-rules.js';
import { rolesErrors } from './roles.errors.js';
import { rolesPermissions } from './roles.permissions.js';

/** Whose roles somebody may see and change. */
@Injectable()
export class RoleAccess {
  constructor(private readonly access: Access) {}

  /** LIKE patterns of the areas whose people may be listed. */
  readableAreas(): string[] {
    return this.access.areaPatterns(rolesPermissions.read);
  }

  /**
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role
   */
  mustMayGrant(role: string, areaCode: string, accountId: string): void {
    const { actor } = this.access;
    if (actor.isSystem) return;
    if (actor.id === accountId) throw rolesErrors.grantToOneself();
    if (!mayGrant(actor.memberships, role, areaCode)) throw rolesErrors.grantBeyondOwnRole();
  }

  /** Laying down one's own role is always allowed. @throws DomainError identity.grant-beyond-own-role */
  mustMayRevoke(role: string, areaCode: string, accountId: string): void {
    if (this.access.actor.id !== accountId) this.mustMayGrant(role, areaCode, accountId);
  }
}

import { Injectable } from '@nestjs/common';
import { Access } from '#platform';
import { mayGrant } from './grant-rules.js';
import { identityErrors } from '../identity.errors.js';
import { identityPermissions } from '../identity.permissions.js';

/** On whose data and in which place somebody may act. */
@Injectable()
export class IdentityAccess {
  constructor(private readonly access: Access) {}

  /** The person's own account. */
  get ownAccountId(): string {
    return this.access.accountId;
  }

  /** LIKE patterns of the areas whose people may be listed. */
  readableAreas(): string[] {
    return this.access.areaPatterns(identityPermissions.read);
  }

  /**
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role
   */
  mustMayGrant(role: string, areaCode: string, accountId: string): void {
    const { actor } = this.access;
    if (actor.isSystem) return;
    if (actor.id === accountId) throw identityErrors.grantToOneself();
    if (!mayGrant(actor.memberships, role, areaCode)) throw identityErrors.grantBeyondOwnRole();
  }
}

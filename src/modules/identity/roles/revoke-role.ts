import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { membershipObject } from './membership.object.js';
import { RoleAccess } from './role.access.js';
import { rolesErrors } from './roles.errors.js';
import { roleRevoked } from './roles.events.js';

/** Takes a role in an area back. It stops working with the holder's next request. */
@Injectable()
export class RevokeRole {
  constructor(
    private readonly register: Register,
    private readonly access: RoleAccess,
  ) {}

  /**
   * @throws DomainError identity.membership-not-found, identity.grant-beyond-own-role,
   *   identity.organization-role-elsewhere
   */
  async execute(input: {
    accountId: string;
    membershipId: string;
    reason?: string | undefined;
  }): Promise<void> {
    await this.register.act(membershipObject, input.membershipId, {
      action: 'revoke-role',
      allow: ({ accountId, role, areaCode, revokedAt }) => {
        if (accountId !== input.accountId || revokedAt !== null) throw rolesErrors.membershipNotFound();
        if (areaCode === null) throw rolesErrors.organizationRoleElsewhere();
        this.access.mustMayRevoke(role, areaCode, accountId);
      },
      apply: (held, act) => {
        held.revoke(act.at, act.by, input.reason);
        act.emit(roleRevoked, { accountId: held.accountId, role: held.role, ...held.place });
      },
    });
  }
}

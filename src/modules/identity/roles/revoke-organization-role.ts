import { Injectable } from '@nestjs/common';
import { allowedAbove, db, query, Register, UnitOfWork } from '#platform';
import { membershipObject } from './membership.object.js';
import { roleRevoked } from './roles.events.js';

export interface OrganizationRoleHeld {
  readonly accountId: string;
  readonly role: string;
  readonly organizationId: string;
}

/** Locked at once: of two people who take it back at the same moment, the second finds nothing. */
const heldInOrganization = query((p: OrganizationRoleHeld) =>
  db
    .selectFrom('identity.membership')
    .select('id')
    .where('account_id', '=', p.accountId)
    .where('role', '=', p.role)
    .where('organization_id', '=', p.organizationId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate(),
);

/** Takes a role in an organization back, for the modules above, which have decided by their own rules. */
@Injectable()
export class RevokeOrganizationRole {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
  ) {}

  /** @returns whether the role was held */
  execute(input: OrganizationRoleHeld & { readonly reason?: string | undefined }): Promise<boolean> {
    return this.uow.run(async () => {
      const held = await this.uow.all(heldInOrganization, input);
      await this.register.actMany(
        membershipObject,
        held.map(({ id }) => id),
        {
          action: 'revoke-role',
          allow: allowedAbove,
          apply: (membership, act) => {
            membership.revoke(act.at, act.by, input.reason);
            const { accountId, role, place } = membership;
            act.emit(roleRevoked, { accountId, role, ...place });
          },
        },
      );
      return held.length > 0;
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Register, RequestContext } from '#platform';
import { AreaReads } from '../areas/areas.read.js';
import { type Grant, MembershipRecord } from './membership.entity.js';
import { membershipObject } from './membership.object.js';
import { RoleAccess } from './role.access.js';
import { roleGranted } from './roles.events.js';

/** Gives an account a role in an area or an organization. */
@Injectable()
export class GrantRole {
  constructor(
    private readonly register: Register,
    private readonly access: RoleAccess,
    private readonly areas: AreaReads,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * For a role in an area: the actor must be allowed to give it there. For a role in an organization the
   * organizations module has decided; here it only holds that nobody gives themselves one.
   *
   * @returns the membership's id
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role, identity.place-missing,
   *   identity.validity-wrong, identity.validity-over, identity.area-unknown, identity.area-not-in-force,
   *   identity.account-not-found, identity.role-already-held
   */
  async execute(grant: Grant): Promise<string> {
    const membership = MembershipRecord.granted(grant, this.clock.now(), this.context.authorship.actorId);
    const { accountId, role, areaCode } = membership;
    if (areaCode !== null) await this.areas.mustBeInForce(areaCode);
    await this.register.add(membershipObject, [membership], {
      action: 'grant-role',
      allow: () => {
        if (areaCode !== null) this.access.mustMayGrant(role, areaCode, accountId);
      },
      apply: ({ place }, act) => {
        act.emit(roleGranted, { accountId, role, ...place });
      },
    });
    return membership.id;
  }
}

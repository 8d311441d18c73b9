import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, CLOCK, type Clock, Outbox, RequestContext, UnitOfWork } from '#platform';
import { type Grant, isAreaRole, MembershipRecord } from './membership.entity.js';
import { IdentityAccess } from './role.access.js';
import { roleGranted } from '../identity.events.js';
import { FindAreas } from '../areas/areas.read.js';

/** Gives an account a role in an area or an organization. */
@Injectable()
export class GrantRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    private readonly areas: FindAreas,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * For a role in an area: the actor must be allowed to give it there. For a role in an organization the
   * organizations module has decided; here it only holds that nobody gives himself one.
   *
   * @returns the membership's id
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role, identity.place-missing,
   *   identity.validity-wrong, identity.validity-over, identity.area-unknown, identity.area-not-in-force,
   *   identity.account-not-found, identity.role-already-held
   */
  async execute(grant: Grant): Promise<string> {
    const now = this.clock.now();
    const record = MembershipRecord.grant(grant, now, this.context.actor?.id ?? 'system:unknown');
    if (isAreaRole(grant.role) && record.areaCode !== null) {
      await this.areas.mustBeInForce(record.areaCode);
      this.access.mustMayGrant(grant.role, record.areaCode, grant.accountId);
    }
    await this.uow.run(async () => {
      await this.uow.manager.insert(MembershipRecord, record);
      await this.audit.record({
        action: 'identity.grant-role',
        objectType: 'account',
        objectId: grant.accountId,
        after: {
          membershipId: record.id,
          role: record.role,
          ...record.place,
          validFrom: record.validFrom,
          validTo: record.validTo,
        },
      });
      await this.outbox.append(roleGranted, {
        accountId: grant.accountId,
        role: grant.role,
        ...record.place,
      });
    });
    return record.id;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditTrail, CLOCK, type Clock, Outbox, RequestContext, UnitOfWork } from '#platform';
import { MembershipRecord } from './membership.entity.js';
import { IdentityAccess } from './role.access.js';
import { identityErrors } from '../identity.errors.js';
import { roleRevoked } from '../identity.events.js';

/** Takes a role back. It stops working with the holder's next request. */
@Injectable()
export class RevokeRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
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
    await this.uow.run(async () => {
      const record = await this.uow.manager.findOne(MembershipRecord, {
        where: { id: input.membershipId, accountId: input.accountId, revokedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!record) throw identityErrors.membershipNotFound();
      if (record.areaCode === null) throw identityErrors.organizationRoleElsewhere();
      // Laying down one's own role is always allowed.
      if (record.accountId !== this.context.actor?.id) {
        this.access.mustMayGrant(record.role, record.areaCode, record.accountId);
      }
      await this.revoke(record, input.reason);
    });
  }

  /**
   * The same for the modules above, which have decided by their own rules.
   * @returns whether the role was held
   */
  async inOrganization(input: {
    accountId: string;
    role: string;
    organizationId: string;
    reason?: string | undefined;
  }): Promise<boolean> {
    return this.uow.run(async () => {
      const held = await this.uow.manager
        .createQueryBuilder(MembershipRecord, 'm')
        .setLock('pessimistic_write')
        .where('m.accountId = :accountId AND m.role = :role AND m.organizationId = :organizationId', input)
        .andWhere('m.revokedAt IS NULL')
        .orderBy('m.id')
        .getMany();
      for (const record of held) await this.revoke(record, input.reason);
      return held.length > 0;
    });
  }

  private async revoke(record: MembershipRecord, reason: string | undefined): Promise<void> {
    record.revoke(this.clock.now(), this.context.actor?.id ?? 'system:unknown', reason);
    await this.uow.manager.update(
      MembershipRecord,
      { id: record.id },
      { revokedAt: record.revokedAt, revokedBy: record.revokedBy, revokeReason: record.revokeReason },
    );
    await this.audit.record({
      action: 'identity.revoke-role',
      objectType: 'account',
      objectId: record.accountId,
      before: { membershipId: record.id, role: record.role, ...record.place },
    });
    await this.outbox.append(roleRevoked, {
      accountId: record.accountId,
      role: record.role,
      ...record.place,
    });
  }
}

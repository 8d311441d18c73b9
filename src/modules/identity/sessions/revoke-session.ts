import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, CLOCK, type Clock, UnitOfWork } from '#platform';
import { identityErrors } from '../identity.errors.js';
import { IdentityAccess } from '../roles/role.access.js';

/** Ends one of the person's own sessions, this one or one on a device they lost. */
@Injectable()
export class RevokeSession {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError identity.session-not-found also for another person's session */
  async execute(sessionId: string): Promise<void> {
    await this.uow.run(async () => {
      const ended = await this.uow.one(
        `UPDATE identity.session SET revoked_at = $3
         WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id`,
        [sessionId, this.access.ownAccountId, this.clock.now()],
      );
      if (!ended) throw identityErrors.sessionNotFound();
      await this.audit.record({ action: 'identity.sign-out', objectType: 'session', objectId: sessionId });
    });
  }
}

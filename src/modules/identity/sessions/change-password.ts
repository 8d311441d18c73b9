import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, CLOCK, type Clock, UnitOfWork } from '#platform';
import { mustBeStrongPassword } from '../accounts/password-policy.js';
import { IdentityAccess } from '../roles/role.access.js';
import { identityErrors } from '../identity.errors.js';
import { LoginThrottle } from '../accounts/login-throttle.js';
import { PasswordHashing } from '../accounts/password-hashing.js';

/** Sets a new password and ends every other session: whoever knew the old one is out. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: IdentityAccess,
    private readonly hashing: PasswordHashing,
    private readonly throttle: LoginThrottle,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError identity.password-wrong, identity.password-too-weak, platform.too-many-requests
   */
  async execute(input: {
    current: string;
    next: string;
    sessionId: string | undefined;
    address: string;
  }): Promise<void> {
    const accountId = this.access.ownAccountId;
    const account = await this.uow.one<{ login: string; hash: string }>(
      'SELECT a.login, p.hash FROM identity.account a JOIN identity.password p ON p.account_id = a.id WHERE a.id = $1',
      [accountId],
    );
    if (!account) throw identityErrors.accountNotFound();
    // A stolen session must not become a place to guess the password at leisure.
    const right = await this.throttle.attempt(account.login, input.address, async () =>
      (await this.hashing.verify(account.hash, input.current)) ? true : undefined,
    );
    if (!right) throw identityErrors.passwordWrong();
    mustBeStrongPassword(input.next, account.login);
    const hash = await this.hashing.hash(input.next);
    await this.uow.run(async () => {
      const now = this.clock.now();
      await this.uow.sql('UPDATE identity.password SET hash = $2, changed_at = $3 WHERE account_id = $1', [
        accountId,
        hash,
        now,
      ]);
      await this.uow.sql(
        'UPDATE identity.session SET revoked_at = $3 WHERE account_id = $1 AND id IS DISTINCT FROM $2 AND revoked_at IS NULL',
        [accountId, input.sessionId ?? null, now],
      );
      await this.audit.record({
        action: 'identity.change-password',
        objectType: 'account',
        objectId: accountId,
      });
    });
  }
}

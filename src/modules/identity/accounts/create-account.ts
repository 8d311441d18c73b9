import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, CLOCK, type Clock, Outbox, RequestContext, UnitOfWork } from '#platform';
import { Account, type NewAccount } from './account.entity.js';
import { mustBeStrongPassword } from './password-policy.js';
import { accountCreated } from '../identity.events.js';
import { PasswordHashing } from './password-hashing.js';

/** Registers a person. Everybody who has an account is a member; further roles are granted. */
@Injectable()
export class CreateAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly hashing: PasswordHashing,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the account's id
   * @throws DomainError identity.login-taken, identity.login-malformed, identity.password-too-weak,
   *   kernel.mobile-number-malformed, platform.too-many-requests
   */
  async execute(values: NewAccount & { password: string }): Promise<string> {
    const account = Account.register(values, this.clock.now(), this.context.actor?.id);
    mustBeStrongPassword(values.password, account.login);
    const hash = await this.hashing.hash(values.password);
    await this.uow.run(async () => {
      await this.uow.manager.insert(Account, account);
      await this.uow.sql('INSERT INTO identity.password (account_id, hash, changed_at) VALUES ($1, $2, $3)', [
        account.id,
        hash,
        account.createdAt,
      ]);
      await this.audit.record({
        action: 'identity.create-account',
        objectType: 'account',
        objectId: account.id,
      });
      await this.outbox.append(accountCreated, { accountId: account.id });
    });
    return account.id;
  }
}

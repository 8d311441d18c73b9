import { Injectable } from '@nestjs/common';
import { db, query, Register, RequestContext, UnitOfWork } from '#platform';
import { Account, type NewAccount } from './account.entity.js';
import { accountObject } from './account.object.js';
import { accountCreated } from './accounts.events.js';
import { PasswordHashing } from './password-hashing.js';
import { mustBeStrongPassword } from './password-policy.js';

const addPassword = query((p: { accountId: string; hash: string; changedAt: Date }) =>
  db
    .insertInto('identity.password')
    .values({ account_id: p.accountId, hash: p.hash, changed_at: p.changedAt }),
);

/** Registers a person. Everybody who has an account is a member; further roles are granted. */
@Injectable()
export class CreateAccount {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly hashing: PasswordHashing,
    private readonly context: RequestContext,
  ) {}

  /**
   * @returns the account's id
   * @throws DomainError identity.login-taken, identity.login-malformed, identity.display-name-length,
   *   identity.password-too-weak, kernel.mobile-number-malformed, platform.too-many-requests
   */
  async execute({ password, ...values }: NewAccount & { password: string }): Promise<string> {
    const account = Account.registered(values);
    mustBeStrongPassword(password, account.login);
    const hash = await this.hashing.hash(password);
    await this.uow.run(async () => {
      await this.register.add(accountObject, [account], {
        action: 'create-account',
        // Whoever is there may register themselves or somebody else.
        allow: () => undefined,
        apply: (created, act) => {
          created.createdAt = act.at;
          created.createdBy = this.context.actor?.id ?? created.id;
          act.emit(accountCreated, { accountId: created.id });
        },
      });
      await this.uow.all(addPassword, { accountId: account.id, hash, changedAt: account.createdAt });
    });
    return account.id;
  }
}

import { Injectable } from '@nestjs/common';
import { Access, allowedAbove, db, query, Register, UnitOfWork } from '#platform';
import { accountObject } from '../accounts/account.object.js';
import { accountsErrors } from '../accounts/accounts.errors.js';
import { LoginThrottle } from '../accounts/login-throttle.js';
import { PasswordHashing } from '../accounts/password-hashing.js';
import { mustBeStrongPassword } from '../accounts/password-policy.js';
import { sessionObject } from './session.object.js';
import { sessionsErrors } from './sessions.errors.js';

const passwordOf = query((p: { accountId: string }) =>
  db
    .selectFrom('identity.account as a')
    .innerJoin('identity.password as p', 'p.account_id', 'a.id')
    .select(['a.login', 'p.hash'])
    .where('a.id', '=', p.accountId),
);

const replacePassword = query((p: { accountId: string; hash: string; changedAt: Date }) =>
  db
    .updateTable('identity.password')
    .set({ hash: p.hash, changed_at: p.changedAt })
    .where('account_id', '=', p.accountId),
);

/** Locked at once, so that none of them is ended twice. */
const otherSessions = query((p: { accountId: string; sessionId: string | null }) =>
  db
    .selectFrom('identity.session')
    .select('id')
    .where('account_id', '=', p.accountId)
    .where('id', 'is distinct from', p.sessionId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate(),
);

/** Sets a new password and ends every other session: whoever knew the old one is out. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly hashing: PasswordHashing,
    private readonly throttle: LoginThrottle,
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
    const { accountId } = this.access;
    const account = await this.uow.first(passwordOf, { accountId });
    if (!account) throw accountsErrors.accountNotFound();
    // A stolen session must not become a place to guess the password at leisure.
    const right = await this.throttle.attempt(account.login, input.address, async () =>
      (await this.hashing.verify(account.hash, input.current)) ? true : undefined,
    );
    if (!right) throw sessionsErrors.passwordWrong();
    mustBeStrongPassword(input.next, account.login);
    const hash = await this.hashing.hash(input.next);
    await this.register.act(accountObject, accountId, {
      action: 'change-password',
      // It is the person's own: nobody can name another's.
      allow: allowedAbove,
      apply: async (_account, act) => {
        await this.uow.all(replacePassword, { accountId, hash, changedAt: act.at });
        await this.endOthers(accountId, input.sessionId ?? null);
      },
    });
  }

  private async endOthers(accountId: string, sessionId: string | null): Promise<void> {
    const others = await this.uow.all(otherSessions, { accountId, sessionId });
    await this.register.actMany(
      sessionObject,
      others.map(({ id }) => id),
      {
        action: 'sign-out',
        allow: allowedAbove,
        apply: (session, act) => {
          session.end(act.at);
        },
      },
    );
  }
}

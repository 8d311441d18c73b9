import { Injectable } from '@nestjs/common';
import { db, query, UnitOfWork } from '#platform';
import { normalizeLogin } from '../accounts/account.entity.js';
import { LoginThrottle } from '../accounts/login-throttle.js';
import { PasswordHashing } from '../accounts/password-hashing.js';
import { sessionsErrors } from './sessions.errors.js';

const passwordByLogin = query((p: { login: string }) =>
  db
    .selectFrom('identity.account as a')
    .innerJoin('identity.password as p', 'p.account_id', 'a.id')
    .select(['a.id', 'p.hash'])
    .where('a.login', '=', p.login)
    .where('a.status', '=', 'active'),
);

/**
 * Whether login and password belong together. An unknown login, a closed account and a wrong password cost
 * the same time, leave the same trace and get the same answer.
 */
@Injectable()
export class VerifyPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly hashing: PasswordHashing,
    private readonly throttle: LoginThrottle,
  ) {}

  /**
   * @param address the client's network address, used only as the key of a counter
   * @returns the account's id
   * @throws DomainError identity.credentials-wrong, platform.too-many-requests
   */
  async execute(credentials: { login: string; password: string; address: string }): Promise<string> {
    const login = normalizeLogin(credentials.login);
    const accountId = await this.throttle.attempt(login, credentials.address, async () => {
      const account = await this.uow.first(passwordByLogin, { login });
      const right = await this.hashing.verify(account?.hash, credentials.password);
      return right ? account?.id : undefined;
    });
    if (accountId === undefined) throw sessionsErrors.credentialsWrong();
    return accountId;
  }
}

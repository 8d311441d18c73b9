import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';
import { normalizeLogin } from './account.entity.js';
import { identityErrors } from '../identity.errors.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordHashing } from './password-hashing.js';

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
      const account = await this.uow.one<{ id: string; hash: string }>(
        `SELECT a.id, p.hash FROM identity.account a JOIN identity.password p ON p.account_id = a.id
         WHERE a.login = $1 AND a.status = 'active'`,
        [login],
      );
      const right = await this.hashing.verify(account?.hash, credentials.password);
      return right ? account?.id : undefined;
    });
    if (accountId === undefined) throw identityErrors.credentialsWrong();
    return accountId;
  }
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { hasStandIns, newId, parseMobileNumber, toHalfWidth, withoutInvisible } from '#libs/kernel';
import { accountStates, type AccountStatus } from './account.state.js';
import { accountsErrors } from './accounts.errors.js';

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{2,63}$/u;

export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly locale?: 'zh-CN' | 'en' | undefined;
}

/** A person who can sign in. Name, login, e-mail and phone are personal information. */
@Entity({ schema: 'identity', name: 'account' })
export class Account {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  login: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', default: 'zh-CN' })
  locale: 'zh-CN' | 'en';

  @Column({ type: 'text', default: 'active' })
  readonly status: AccountStatus;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;

  @Column({ type: 'int', default: 1 })
  readonly version: number;

  /**
   * Who registers it and when is added with the act.
   * @throws DomainError identity.login-malformed, kernel.mobile-number-malformed
   */
  static registered(values: NewAccount): Account {
    const login = normalizeLogin(values.login);
    if (!LOGIN.test(login) || hasStandIns(login)) throw accountsErrors.loginMalformed();
    return Object.assign(new Account(), {
      id: newId(),
      login,
      displayName: values.displayName.normalize('NFC').trim(),
      email: values.email === undefined ? null : withoutInvisible(values.email).trim(),
      phone: values.phone === undefined ? null : parseMobileNumber(values.phone),
      locale: values.locale ?? 'zh-CN',
      status: accountStates.initial,
      version: 1,
    });
  }
}

/** One spelling per login: full-width and capital letters are the same person, what cannot be seen is nobody. */
export function normalizeLogin(login: string): string {
  return withoutInvisible(toHalfWidth(login)).normalize('NFC').trim().toLowerCase();
}

import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { hasStandIns, newId, parseMobileNumber, toHalfWidth, withoutInvisible } from '#libs/kernel';
import { identityErrors } from '../identity.errors.js';

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
  status: 'active' | 'closed';

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;

  @VersionColumn({ type: 'int', default: 1 })
  version: number;

  /**
   * @param createdBy the account or system that registers it; for self-registration the account itself
   * @throws DomainError identity.login-malformed, kernel.mobile-number-malformed
   */
  static register(values: NewAccount, now: Date, createdBy: string | undefined): Account {
    const account = new Account();
    account.id = newId();
    account.login = normalizeLogin(values.login);
    if (!LOGIN.test(account.login) || hasStandIns(account.login)) throw identityErrors.loginMalformed();
    account.displayName = values.displayName.normalize('NFC').trim();
    account.email = values.email === undefined ? null : withoutInvisible(values.email).trim();
    account.phone = values.phone === undefined ? null : parseMobileNumber(values.phone);
    account.locale = values.locale ?? 'zh-CN';
    account.status = 'active';
    account.createdAt = now;
    account.createdBy = createdBy ?? account.id;
    return account;
  }
}

/** One spelling per login: full-width and capital letters are the same person, what cannot be seen is nobody. */
export function normalizeLogin(login: string): string {
  return withoutInvisible(toHalfWidth(login)).normalize('NFC').trim().toLowerCase();
}

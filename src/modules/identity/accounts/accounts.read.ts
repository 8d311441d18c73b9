import { Injectable } from '@nestjs/common';
import { type Contact, db, isOneOf, query, UnitOfWork } from '#platform';
import { normalizeLogin } from './account.entity.js';

const namesOf = query((p: { ids: readonly string[] }) =>
  db
    .selectFrom('identity.account as a')
    .select(['a.id', 'a.display_name as name'])
    .where((eb) => isOneOf(eb.ref('a.id'), p.ids, 'uuid')),
);

const contactsOf = query((p: { ids: readonly string[] }) =>
  db
    .selectFrom('identity.account as a')
    .select(['a.id as accountId', 'a.display_name as displayName', 'a.email', 'a.locale'])
    .where((eb) => isOneOf(eb.ref('a.id'), p.ids, 'uuid'))
    .where('a.status', '=', 'active')
    .orderBy('a.id'),
);

const openAccountByLogin = query((p: { login: string }) =>
  db.selectFrom('identity.account').select('id').where('login', '=', p.login).where('status', '=', 'active'),
);

/** What the modules above may learn about people whose id or login they know. */
@Injectable()
export class AccountReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** Names by account id; an unknown id has no entry. */
  async displayNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const found = await this.uow.all(namesOf, { ids });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  /** Of the accounts that are open, in the order of their ids. */
  async contacts(ids: readonly string[]): Promise<Contact[]> {
    return ids.length === 0 ? [] : this.uow.all(contactsOf, { ids });
  }

  /** The id of the open account with this login. */
  async idByLogin(login: string): Promise<string | undefined> {
    return (await this.uow.first(openAccountByLogin, { login: normalizeLogin(login) }))?.id;
  }
}

import { Injectable } from '@nestjs/common';
import { ancestorCodes, isAreaCode } from '#libs/kernel';
import { db, type People, PeopleDirectory, query, sql, UnitOfWork } from '#platform';

const followersOfAny = query((p: { areaCodes: readonly string[] }) =>
  db
    .selectFrom('notifications.preference as f')
    .select('f.account_id as accountId')
    .where((eb) => sql<boolean>`${eb.ref('f.followed_areas')} && ${p.areaCodes}::text[]`)
    .orderBy('f.account_id'),
);

/** Whom a notice may be addressed to. Everything answers with account ids. */
@Injectable()
export class Addressees implements People {
  constructor(
    private readonly directory: PeopleDirectory,
    private readonly uow: UnitOfWork,
  ) {}

  inArea(permission: string, areaCode: string): Promise<string[]> {
    return this.directory.accountsInArea(permission, areaCode);
  }

  inOrganization(permission: string, organizationId: string): Promise<string[]> {
    return this.directory.accountsInOrganization(permission, organizationId);
  }

  async inOrganizations(permission: string, organizationIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    // One after the other: they share the connection of the transaction.
    for (const id of organizationIds) found.push(...(await this.inOrganization(permission, id)));
    return found;
  }

  /** People who follow the area or one above it. */
  async followersOf(areaCode: string): Promise<string[]> {
    if (!isAreaCode(areaCode)) return [];
    const followers = await this.uow.all(followersOfAny, {
      areaCodes: [areaCode, ...ancestorCodes(areaCode)],
    });
    return followers.map(({ accountId }) => accountId);
  }
}

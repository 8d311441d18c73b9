import { Injectable } from '@nestjs/common';
import { ancestorCodes, isAreaCode } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { UnitOfWork } from '#platform';

/** Whom a notice may be addressed to. Everything answers with account ids. */
@Injectable()
export class People {
  constructor(
    private readonly identity: IdentityApi,
    private readonly uow: UnitOfWork,
  ) {}

  inArea(permission: string, areaCode: string): Promise<string[]> {
    return this.identity.accountsInArea(permission, areaCode);
  }

  inOrganization(permission: string, organizationId: string): Promise<string[]> {
    return this.identity.accountsInOrganization(permission, organizationId);
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
    const rows = await this.uow.sql<{ id: string }>(
      'SELECT account_id AS id FROM notifications.preference WHERE followed_areas && $1::text[] ORDER BY account_id',
      [[areaCode, ...ancestorCodes(areaCode)]],
    );
    return rows.map(({ id }) => id);
  }
}

import { Injectable } from '@nestjs/common';
import type { Contact, PeopleDirectory } from '#platform';
import { CreateAccount } from './accounts/create-account.js';
import { FindAreas } from './areas/areas.read.js';
import { FindPeople, type OrganizationMember } from './roles/role-holders.read.js';
import { GrantRole } from './roles/grant-role.js';
import { type AreaImport, ImportAreas } from './areas/import-areas.js';
import { RevokeRole } from './roles/revoke-role.js';
import type { NewAccount } from './accounts/account.entity.js';
import type { AreaView } from './areas/area.js';
import type { Grant } from './roles/membership.entity.js';

export type { AreaImport, AreaView, Contact, Grant, NewAccount, OrganizationMember };

/** What the other modules may ask of identity. Every write joins the caller's transaction. */
@Injectable()
export class IdentityApi implements PeopleDirectory {
  constructor(
    private readonly areas: FindAreas,
    private readonly people: FindPeople,
    private readonly accounts: CreateAccount,
    private readonly grants: GrantRole,
    private readonly revocations: RevokeRole,
    private readonly imports: ImportAreas,
  ) {}

  /** By code, whether in force or retired. */
  async area(code: string): Promise<AreaView | undefined> {
    const area = await this.areas.one(code);
    return area && { code: area.code, name: area.name, level: area.level, parentCode: area.parentCode };
  }

  /** @throws DomainError identity.area-unknown, identity.area-not-in-force */
  mustBeAreaInForce(code: string): Promise<void> {
    return this.areas.mustBeInForce(code);
  }

  /** Names by account id; an unknown id has no entry. Personal data: for screens, never for events or logs. */
  displayNames(ids: readonly string[]): Promise<Map<string, string>> {
    return this.people.displayNames(ids);
  }

  /** Where to reach the accounts that are open; in the order of their ids. */
  contacts(ids: readonly string[]): Promise<Contact[]> {
    return this.people.contacts(ids);
  }

  /** The id of the open account with this login, for somebody who was told it. */
  accountIdByLogin(login: string): Promise<string | undefined> {
    return this.people.accountIdByLogin(login);
  }

  /**
   * @returns the account's id
   * @throws DomainError identity.login-taken, identity.login-malformed, identity.password-too-weak,
   *   kernel.mobile-number-malformed
   */
  createAccount(values: NewAccount & { password: string }): Promise<string> {
    return this.accounts.execute(values);
  }

  /**
   * Roles in an area need an actor who may grant them there (the system may); for a role in an organization
   * the caller has decided. Nobody grants himself anything.
   *
   * @returns the membership's id
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role, identity.place-missing,
   *   identity.area-unknown, identity.area-not-in-force, identity.account-not-found, identity.role-already-held
   */
  grantRole(grant: Grant): Promise<string> {
    return this.grants.execute(grant);
  }

  /** Takes back a role in an organization. @returns whether it was held */
  revokeRole(held: {
    accountId: string;
    role: string;
    organizationId: string;
    reason?: string | undefined;
  }): Promise<boolean> {
    return this.revocations.inOrganization(held);
  }

  /** Accounts that hold the permission in the area or in one above it, in the order of their ids. */
  accountsInArea(permission: string, areaCode: string): Promise<string[]> {
    return this.people.inArea(permission, areaCode);
  }

  accountsInOrganization(permission: string, organizationId: string): Promise<string[]> {
    return this.people.inOrganization(permission, organizationId);
  }

  /** Everybody who holds a role in the organization today; administrators first. */
  membersOfOrganization(organizationId: string): Promise<OrganizationMember[]> {
    return this.people.membersOf(organizationId);
  }

  /** The areas of Zhejiang that come with the product. Safe to run again. */
  importShippedAreas(): Promise<AreaImport> {
    return this.imports.shipped();
  }
}

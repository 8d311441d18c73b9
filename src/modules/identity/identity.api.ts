import { Injectable } from '@nestjs/common';
import type { Contact, PeopleDirectory } from '#platform';
import type { NewAccount } from './accounts/account.entity.js';
import { AccountReads } from './accounts/accounts.read.js';
import { CreateAccount } from './accounts/create-account.js';
import { AreaReads, type AreaView } from './areas/areas.read.js';
import type { AreaImport } from './areas/import-areas.js';
import { ImportShippedAreas } from './areas/import-shipped-areas.js';
import { GrantRole } from './roles/grant-role.js';
import type { Grant } from './roles/membership.entity.js';
import { type OrganizationRoleHeld, RevokeOrganizationRole } from './roles/revoke-organization-role.js';
import { type OrganizationMember, RoleHolderReads } from './roles/role-holders.read.js';

export type { AreaImport, AreaView, Contact, Grant, NewAccount, OrganizationMember };

/** What the other modules may ask of identity. Every write joins the caller's transaction. */
@Injectable()
export class IdentityApi implements PeopleDirectory {
  constructor(
    private readonly areas: AreaReads,
    private readonly accounts: AccountReads,
    private readonly holders: RoleHolderReads,
    private readonly createAccountUseCase: CreateAccount,
    private readonly grantRoleUseCase: GrantRole,
    private readonly revokeOrganizationRole: RevokeOrganizationRole,
    private readonly importShipped: ImportShippedAreas,
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
    return this.accounts.displayNames(ids);
  }

  /** Where to reach the accounts that are open; in the order of their ids. */
  contacts(ids: readonly string[]): Promise<Contact[]> {
    return this.accounts.contacts(ids);
  }

  /** The id of the open account with this login, for somebody who was told it. */
  accountIdByLogin(login: string): Promise<string | undefined> {
    return this.accounts.idByLogin(login);
  }

  /**
   * @returns the account's id
   * @throws DomainError identity.login-taken, identity.login-malformed, identity.password-too-weak,
   *   kernel.mobile-number-malformed
   */
  createAccount(values: NewAccount & { password: string }): Promise<string> {
    return this.createAccountUseCase.execute(values);
  }

  /**
   * Roles in an area need an actor who may grant them there (the system may); for a role in an organization
   * the caller has decided. Nobody grants themselves anything.
   *
   * @returns the membership's id
   * @throws DomainError identity.grant-to-oneself, identity.grant-beyond-own-role, identity.place-missing,
   *   identity.area-unknown, identity.area-not-in-force, identity.account-not-found, identity.role-already-held
   */
  grantRole(grant: Grant): Promise<string> {
    return this.grantRoleUseCase.execute(grant);
  }

  /** Takes back a role in an organization. @returns whether it was held */
  revokeRole(held: OrganizationRoleHeld & { reason?: string | undefined }): Promise<boolean> {
    return this.revokeOrganizationRole.execute(held);
  }

  /** Accounts that hold the permission in the area or in one above it, in the order of their ids. */
  accountsInArea(permission: string, areaCode: string): Promise<string[]> {
    return this.holders.inArea(permission, areaCode);
  }

  accountsInOrganization(permission: string, organizationId: string): Promise<string[]> {
    return this.holders.inOrganization(permission, organizationId);
  }

  /** Everybody who holds a role in the organization today; administrators first. */
  membersOfOrganization(organizationId: string): Promise<OrganizationMember[]> {
    return this.holders.membersOf(organizationId);
  }

  /** The areas of Zhejiang that come with the product. Safe to run again. */
  importShippedAreas(): Promise<AreaImport> {
    return this.importShipped.execute();
  }
}

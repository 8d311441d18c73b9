/** How a person can be reached. */
export interface Contact {
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: 'zh-CN' | 'en';
}

/** Finds people by what they may do, and how to reach them; the identity module is it. */
export abstract class PeopleDirectory {
  /** Accounts that hold the permission in the area or above it. */
  abstract accountsInArea(permission: string, areaCode: string): Promise<string[]>;
  abstract accountsInOrganization(permission: string, organizationId: string): Promise<string[]>;
  /** Of accounts that are in use; the others drop out. */
  abstract contacts(accountIds: readonly string[]): Promise<Contact[]>;
}

import { defineEvent, type Role } from '#libs/kernel';

export interface RoleChange {
  readonly accountId: string;
  readonly role: Role;
  readonly areaCode?: string;
  readonly organizationId?: string;
}

export const accountCreated = defineEvent<{ accountId: string }>('identity.account-created.v1');
export const roleGranted = defineEvent<RoleChange>('identity.role-granted.v1');
export const roleRevoked = defineEvent<RoleChange>('identity.role-revoked.v1');

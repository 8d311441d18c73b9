import { defineEvent, type Role } from '#libs/kernel';

export interface RoleChange {
  readonly accountId: string;
  readonly role: Role;
  readonly areaCode?: string;
  readonly organizationId?: string;
}

/** A role is held from the day on which it begins. */
export const roleGranted = defineEvent<RoleChange>('identity.role-granted.v1');
/** A role was taken back or laid down; it is gone with the next request. */
export const roleRevoked = defineEvent<RoleChange>('identity.role-revoked.v1');

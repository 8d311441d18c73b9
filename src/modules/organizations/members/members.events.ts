import { defineEvent, type OrganizationRole } from '#libs/kernel';

export interface MemberChange {
  readonly organizationId: string;
  readonly accountId: string;
  readonly role: OrganizationRole;
}

export const memberAdded = defineEvent<MemberChange>('organizations.member-added.v1');
export const memberEnded = defineEvent<MemberChange>('organizations.member-ended.v1');

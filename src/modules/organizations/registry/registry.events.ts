import { defineEvent } from '#libs/kernel';

/** An organization or a group made itself known and waits for a decision, for the first time or again. */
export const organizationRegistered = defineEvent<{ organizationId: string; areaCode: string }>(
  'organizations.organization-registered.v1',
);
/** From now on the platform works with it. */
export const organizationApproved = defineEvent<{ organizationId: string }>(
  'organizations.organization-approved.v1',
);

import { defineEvent } from '#libs/kernel';

export const organizationRejected = defineEvent<{ organizationId: string }>(
  'organizations.organization-rejected.v1',
);
export const organizationSuspended = defineEvent<{ organizationId: string }>(
  'organizations.organization-suspended.v1',
);
export const organizationReinstated = defineEvent<{ organizationId: string }>(
  'organizations.organization-reinstated.v1',
);
/** A group was filed with the street and now has a registered body that handles its money. */
export const groupFiled = defineEvent<{ organizationId: string; areaCode: string; fiscalHostId: string }>(
  'organizations.group-filed.v1',
);
/** A filed group became a registered body of its own. */
export const groupIncorporated = defineEvent<{ organizationId: string; areaCode: string }>(
  'organizations.group-incorporated.v1',
);

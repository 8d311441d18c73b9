/** The front door of organizations. */
export { AddMember } from './members/add-member.js';
export { ApproveOrganization } from './decisions/approve-organization.js';
export { FileGroup } from './decisions/file-group.js';
export { GatherGroup } from './registry/gather-group.js';
export { RegisterOrganization } from './registry/register-organization.js';
export { OrganizationsApi, type OrganizationView } from './organizations.api.js';
export {
  groupFiled,
  groupIncorporated,
  organizationReinstated,
  organizationRejected,
  organizationSuspended,
} from './decisions/decisions.events.js';
export { decisionsPermissions } from './decisions/decisions.permissions.js';
export { memberAdded, type MemberChange, memberEnded } from './members/members.events.js';
export { membersPermissions } from './members/members.permissions.js';
export { OrganizationsModule } from './organizations.module.js';
export { organizationApproved, organizationRegistered } from './registry/registry.events.js';
export { registryPermissions } from './registry/registry.permissions.js';

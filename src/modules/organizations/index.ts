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
  memberAdded,
  type MemberChange,
  memberEnded,
  organizationApproved,
  organizationRegistered,
  organizationReinstated,
  organizationRejected,
  organizationSuspended,
} from './organizations.events.js';
export { OrganizationsModule } from './organizations.module.js';
export { organizationPermissions } from './organizations.permissions.js';

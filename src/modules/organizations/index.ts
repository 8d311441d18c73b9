/** The front door of organizations. */
export { AddMember } from './application/add-member.js';
export { ApproveOrganization } from './application/approve-organization.js';
export { FileGroup } from './application/file-group.js';
export { GatherGroup } from './application/gather-group.js';
export { RegisterOrganization } from './application/register-organization.js';
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

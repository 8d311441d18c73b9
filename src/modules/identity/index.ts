/** The front door of identity. */
export {
  type AreaImport,
  type AreaView,
  type Contact,
  type Grant,
  IdentityApi,
  type NewAccount,
  type OrganizationMember,
} from './identity.api.js';
export { accountCreated } from './accounts/accounts.events.js';
export { accountsPermissions } from './accounts/accounts.permissions.js';
export { IdentityModule } from './identity.module.js';
export { type RoleChange, roleGranted, roleRevoked } from './roles/roles.events.js';
export { rolesPermissions } from './roles/roles.permissions.js';
export { DEMO_DISTRICT, SeedDemoAreas } from './areas/seed-demo-areas.js';
export { ImportAreas } from './areas/import-areas.js';

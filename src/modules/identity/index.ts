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
export { accountCreated, type RoleChange, roleGranted, roleRevoked } from './identity.events.js';
export { IdentityModule } from './identity.module.js';
export { identityPermissions } from './identity.permissions.js';
export { DEMO_DISTRICT, SeedDemoAreas } from './areas/seed-demo-areas.js';
export { ImportAreas } from './areas/import-areas.js';

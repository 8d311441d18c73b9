/** The front door of the platform: what a module may use. */
export { AuditTrail, type AuditRecord } from './audit/audit-trail.js';
export { Access } from './authorization/access.js';
export { ACTOR_RESOLVER, type ActorResolver } from './authorization/access.guard.js';
export { Actor, type Membership } from './authorization/actor.js';
export { Public, RequirePermission, Unlogged } from './authorization/decorators.js';
export { definePermissions, permissionCatalogue, roleCarries } from './authorization/permissions.js';
export {
  AREA_ROLES,
  type AreaRole,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  type Role,
  ROLES,
} from './authorization/roles.js';
export { CLOCK, type Clock } from './clock/clock.js';
export { AppConfig, ConfigError, loadConfig } from './config/app-config.js';
export { type Authorship, type Locale, RequestContext } from './context/request-context.js';
export { grantModule } from './database/migrations.js';
export { defineConstraints } from './database/constraints.js';
export { sqlState, violatedConstraint } from './database/database-error.js';
export { UnitOfWork } from './database/unit-of-work.js';
export { IsChinaDate, IsInstant, IsNotBlank } from './http/field-rules.js';
export { IfMatch, mustMatchVersion } from './http/if-match.js';
export { idempotencyKeyOf } from './idempotency/idempotency.interceptor.js';
export {
  type ClaimVerdict,
  Idempotent,
  IdempotencyStore,
  requestHash,
  type StoredAnswer,
} from './idempotency/idempotency.js';
export { inAreas } from './lists/area-filter.js';
export { Keyset, MAX_LIMIT, type Page, PageQuery } from './lists/keyset.js';
export { defineEvent, type EventToAppend, type EventType, Outbox } from './outbox/outbox.js';
export { platformErrors } from './platform.errors.js';
export { TaskHandler, type TaskInfo } from './tasks/task-handler.js';
export { Timers } from './tasks/timers.js';
export { PublicCached } from './cache/public-cache.interceptor.js';
export { PublicCache } from './cache/public-cache.js';
export { type DataCheck, defineCheck } from './checks/data-check.js';
export { countColumn, fenColumn } from './database/columns.js';
export { Deadlines } from './deadlines/deadlines.js';
export { Figures } from './figures/figures.js';
export { asDownload } from './files/as-download.js';
export { FileStore, type FileView } from './files/file-store.js';
export { defineStates, type StateMachine } from './states/state-machine.js';

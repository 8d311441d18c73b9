/** The front door of the platform: what a module may use. */
export { AuditTrail, type AuditRecord } from './audit/audit-trail.js';
export { Access } from './authorization/access.js';
export { ACTOR_RESOLVER, type ActorResolver } from './authorization/access.guard.js';
export { Actor } from './authorization/actor.js';
export { Public, RequirePermission, Unlogged } from './authorization/decorators.js';
export { CLOCK, type Clock } from './clock/clock.js';
export { AppConfig, ConfigError, loadConfig } from './config/app-config.js';
export { type Authorship, type Locale, RequestContext } from './context/request-context.js';
export { grantModule } from './database/migrations.js';
export { defineConstraints } from './database/constraints.js';
export { sqlState, violatedConstraint } from './database/database-error.js';
export { UnitOfWork } from './database/unit-of-work.js';
export { IsAreaCode, IsChinaDate, IsInstant, Length, MaxLength, MinLength } from './http/field-rules.js';
export { Identifier, MayBeBlank } from './http/request-texts.js';
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
export { containsText, isInAreas, pageOf } from './lists/page-of.js';
export { Keyset, MAX_LIMIT, type Page, PageQuery } from './lists/keyset.js';
export {
  type Ask,
  defineNotice,
  type Letter,
  type Message,
  type Notice,
  type People,
  tellNobody,
} from './notices/notice.js';
export { declaredNotices, unannouncedEvents } from './notices/notice.js';
export { type Contact, PeopleDirectory } from './notices/people-directory.js';
export { beijingSpan, beijingTime, duration, tidy, yuanEn, yuanZh } from './notices/wording.js';
export { type EventToAppend, Outbox } from './outbox/outbox.js';
export { platformErrors } from './platform.errors.js';
export { TaskHandler, type TaskInfo } from './tasks/task-handler.js';
export { Timers } from './tasks/timers.js';
export { PublicCached } from './cache/public-cache.interceptor.js';
export { PUBLIC_FRESH_MS, PublicCache } from './cache/public-cache.js';
export { type DataCheck, defineCheck } from './checks/data-check.js';
export { Deadlines } from './deadlines/deadlines.js';
export { Figures } from './figures/figures.js';
export { asDownload } from './files/as-download.js';
export { FileStore, type FileView } from './files/file-store.js';
export { shownFileName } from './files/shown-name.js';
export { db, fen, instant, isOneOf, query, rows, sql, statement } from './database/query.js';
export type { Schema } from './database/schema.generated.js';
export { type Act } from './register/act-trace.js';
export { defineObject, type ObjectType, type Registered } from './register/object-type.js';
export { allowedAbove, Register } from './register/register.js';
export { ExplainsRefusals } from './refusals/explains-refusals.js';
export { type ExplainedRefusal, RefusalReads } from './refusals/refusals.read.js';

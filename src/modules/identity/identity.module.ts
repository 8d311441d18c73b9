import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ACTOR_RESOLVER, PeopleDirectory } from '#platform';
import { Account } from './accounts/account.entity.js';
import './accounts/accounts.check.js';
import './accounts/accounts.constraints.js';
import './accounts/accounts.notices.js';
import { AccountReads } from './accounts/accounts.read.js';
import { CreateAccount } from './accounts/create-account.js';
import { AccountsController } from './accounts/http/accounts.controller.js';
import { LoginThrottle } from './accounts/login-throttle.js';
import { PasswordHashing } from './accounts/password-hashing.js';
import './areas/areas.check.js';
import './areas/areas.constraints.js';
import { AreaReads } from './areas/areas.read.js';
import { AreasController } from './areas/http/areas.controller.js';
import { ImportAreas } from './areas/import-areas.js';
import { ImportShippedAreas } from './areas/import-shipped-areas.js';
import { SeedDemoAreas } from './areas/seed-demo-areas.js';
import { IdentityApi } from './identity.api.js';
import { GrantRole } from './roles/grant-role.js';
import { RolesController } from './roles/http/roles.controller.js';
import { MembershipRecord } from './roles/membership.entity.js';
import { OwnAccountReads } from './roles/own-account.read.js';
import { PeopleReads } from './roles/people.read.js';
import { RevokeOrganizationRole } from './roles/revoke-organization-role.js';
import { RevokeRole } from './roles/revoke-role.js';
import { RoleHolderReads } from './roles/role-holders.read.js';
import { RoleAccess } from './roles/role.access.js';
import './roles/roles.check.js';
import './roles/roles.constraints.js';
import './roles/roles.notices.js';
import { ChangePassword } from './sessions/change-password.js';
import { MeController } from './sessions/http/me.controller.js';
import { PasswordGuard } from './sessions/http/password.guard.js';
import { PasswordStrategy } from './sessions/http/password.strategy.js';
import { SessionActorResolver } from './sessions/http/session-actor.resolver.js';
import { SessionStrategy } from './sessions/http/session.strategy.js';
import { SessionsController } from './sessions/http/sessions.controller.js';
import { OpenSession } from './sessions/open-session.js';
import { PurgeIdentity } from './sessions/purge-identity.job.js';
import { RevokeSession } from './sessions/revoke-session.js';
import { SessionLookup } from './sessions/session-lookup.js';
import { Session } from './sessions/session.entity.js';
import './sessions/sessions.constraints.js';
import { SessionReads } from './sessions/sessions.read.js';
import { VerifyPassword } from './sessions/verify-password.js';

const areas = [AreaReads, ImportAreas, ImportShippedAreas, SeedDemoAreas];
const accounts = [AccountReads, CreateAccount, LoginThrottle, PasswordHashing];
const roles = [
  ...[RoleAccess, GrantRole, RevokeRole, RevokeOrganizationRole],
  ...[RoleHolderReads, PeopleReads, OwnAccountReads],
];
const sessions = [
  ...[SessionLookup, SessionReads, OpenSession, RevokeSession, VerifyPassword, ChangePassword],
  ...[SessionStrategy, PasswordStrategy, PasswordGuard, PurgeIdentity],
];

/** Who people are, what they may do where, and the areas in which all of it happens. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, MembershipRecord, Session])],
  controllers: [SessionsController, MeController, AccountsController, RolesController, AreasController],
  providers: [
    { provide: ACTOR_RESOLVER, useClass: SessionActorResolver },
    ...[IdentityApi, { provide: PeopleDirectory, useExisting: IdentityApi }],
    ...[...areas, ...accounts, ...roles, ...sessions],
  ],
  exports: [IdentityApi, PeopleDirectory, SeedDemoAreas, ImportAreas],
})
export class IdentityModule {}

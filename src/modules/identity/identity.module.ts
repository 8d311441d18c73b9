import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ACTOR_RESOLVER, PeopleDirectory } from '#platform';
import { ChangePassword } from './application/change-password.js';
import { CreateAccount } from './application/create-account.js';
import { FindAreas } from './application/find-areas.query.js';
import { FindPeople } from './application/find-people.query.js';
import { GrantRole } from './application/grant-role.js';
import { ImportAreas } from './application/import-areas.js';
import { ListAccounts } from './application/list-accounts.query.js';
import { ListSessions } from './application/list-sessions.query.js';
import { LoginThrottle } from './application/login-throttle.js';
import { OpenSession } from './application/open-session.js';
import { GetOwnAccount } from './application/own-account.query.js';
import { PasswordHashing } from './application/password-hashing.js';
import { RevokeRole } from './application/revoke-role.js';
import { RevokeSession } from './application/revoke-session.js';
import { SessionLookup } from './application/session-lookup.js';
import { VerifyPassword } from './application/verify-password.js';
import './checks/identity.checks.js';
import { SeedDemoAreas } from './demo/seed-demo-areas.js';
import { Account } from './domain/account.entity.js';
import { MembershipRecord } from './domain/membership.entity.js';
import { AccountsController } from './http/accounts.controller.js';
import { AreasController } from './http/areas.controller.js';
import { MeController } from './http/me.controller.js';
import { PasswordGuard } from './http/password.guard.js';
import { PasswordStrategy } from './http/password.strategy.js';
import { SessionActorResolver } from './http/session-actor.resolver.js';
import { SessionStrategy } from './http/session.strategy.js';
import { SessionsController } from './http/sessions.controller.js';
import { IdentityAccess } from './identity.access.js';
import { IdentityApi } from './identity.api.js';
import { PurgeIdentity } from './jobs/purge-identity.job.js';

import './identity.constraints.js';
import './identity.notices.js';

/** Who people are, what they may do where, and the areas in which all of it happens. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, MembershipRecord])],
  controllers: [SessionsController, MeController, AccountsController, AreasController],
  providers: [
    { provide: ACTOR_RESOLVER, useClass: SessionActorResolver },
    ...[SessionStrategy, PasswordStrategy, PasswordGuard],
    ...[IdentityAccess, IdentityApi, { provide: PeopleDirectory, useExisting: IdentityApi }],
    ...[PasswordHashing, LoginThrottle, VerifyPassword, ChangePassword, CreateAccount],
    ...[OpenSession, RevokeSession, ListSessions, SessionLookup, GetOwnAccount, ListAccounts],
    ...[GrantRole, RevokeRole, FindPeople, FindAreas, ImportAreas, SeedDemoAreas, PurgeIdentity],
  ],
  exports: [IdentityApi, PeopleDirectory, SeedDemoAreas, ImportAreas],
})
export class IdentityModule {}

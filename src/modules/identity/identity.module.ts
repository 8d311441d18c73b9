import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ACTOR_RESOLVER, PeopleDirectory } from '#platform';
import { ChangePassword } from './sessions/change-password.js';
import { CreateAccount } from './accounts/create-account.js';
import { FindAreas } from './areas/areas.read.js';
import { FindPeople } from './roles/role-holders.read.js';
import { GrantRole } from './roles/grant-role.js';
import { ImportAreas } from './areas/import-areas.js';
import { ListAccounts } from './roles/people.read.js';
import { ListSessions } from './sessions/sessions.read.js';
import { LoginThrottle } from './accounts/login-throttle.js';
import { OpenSession } from './sessions/open-session.js';
import { GetOwnAccount } from './roles/own-account.read.js';
import { PasswordHashing } from './accounts/password-hashing.js';
import { RevokeRole } from './roles/revoke-role.js';
import { RevokeSession } from './sessions/revoke-session.js';
import { SessionLookup } from './sessions/session-lookup.js';
import { VerifyPassword } from './accounts/verify-password.js';
import './identity.check.js';
import { SeedDemoAreas } from './areas/seed-demo-areas.js';
import { Account } from './accounts/account.entity.js';
import { MembershipRecord } from './roles/membership.entity.js';
import { AccountsController } from './roles/http/accounts.controller.js';
import { AreasController } from './areas/http/areas.controller.js';
import { MeController } from './sessions/http/me.controller.js';
import { PasswordGuard } from './sessions/http/password.guard.js';
import { PasswordStrategy } from './sessions/http/password.strategy.js';
import { SessionActorResolver } from './sessions/http/session-actor.resolver.js';
import { SessionStrategy } from './sessions/http/session.strategy.js';
import { SessionsController } from './sessions/http/sessions.controller.js';
import { IdentityAccess } from './roles/role.access.js';
import { IdentityApi } from './identity.api.js';
import { PurgeIdentity } from './sessions/purge-identity.job.js';

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

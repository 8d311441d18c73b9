import { Inject, Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { Access, AuditTrail, CLOCK, type Clock, db, query, UnitOfWork } from '#platform';
import { PreferenceReads } from './preferences.read.js';

interface Preference {
  readonly emailEnabled: boolean;
  /** Area codes; each stands for everything below it, too. */
  readonly followedAreas: readonly string[];
}

const keepPreference = query((p: Preference & { accountId: string; at: Date }) =>
  db
    .insertInto('notifications.preference')
    .values({
      account_id: p.accountId,
      email_enabled: p.emailEnabled,
      followed_areas: p.followedAreas,
      updated_at: p.at,
    })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet((eb) => ({
        email_enabled: eb.ref('excluded.email_enabled'),
        followed_areas: eb.ref('excluded.followed_areas'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    ),
);

/** Says how a person wants to be told. The inbox cannot be switched off: legal notices arrive there. */
@Injectable()
export class SavePreference {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly preferences: PreferenceReads,
    private readonly identity: IdentityApi,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError identity.area-unknown, identity.area-not-in-force */
  async execute({ emailEnabled, followedAreas }: Preference): Promise<void> {
    const { accountId } = this.access;
    await this.uow.run(async () => {
      for (const code of followedAreas) await this.identity.mustBeAreaInForce(code);
      const before = await this.preferences.own();
      await this.uow.all(keepPreference, { accountId, emailEnabled, followedAreas, at: this.clock.now() });
      await this.audit.record({
        action: 'notifications.prefer',
        objectType: 'notification-preference',
        objectId: accountId,
        before,
        after: { emailEnabled, followedAreas },
      });
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { Access, AuditTrail, CLOCK, type Clock, UnitOfWork } from '#platform';

export interface Preference {
  readonly emailEnabled: boolean;
  /** Area codes; each stands for everything below it, too. */
  readonly followedAreas: string[];
}

const DEFAULTS: Preference = { emailEnabled: true, followedAreas: [] };

/** How a person wants to be told. The inbox cannot be switched off: legal notices arrive there. */
@Injectable()
export class Preferences {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(): Promise<Preference> {
    const row = await this.uow.one<Preference>(
      `SELECT email_enabled AS "emailEnabled", followed_areas AS "followedAreas"
       FROM notifications.preference WHERE account_id = $1`,
      [this.access.accountId],
    );
    return row ?? DEFAULTS;
  }

  /** @throws DomainError identity.area-unknown, identity.area-not-in-force */
  async save(preference: Preference): Promise<void> {
    const { accountId } = this.access;
    await this.uow.run(async () => {
      for (const code of preference.followedAreas) await this.identity.mustBeAreaInForce(code);
      const before = await this.read();
      await this.uow.sql(
        `INSERT INTO notifications.preference (account_id, email_enabled, followed_areas, updated_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET email_enabled = excluded.email_enabled,
           followed_areas = excluded.followed_areas, updated_at = excluded.updated_at`,
        [accountId, preference.emailEnabled, preference.followedAreas, this.clock.now()],
      );
      await this.audit.record({
        action: 'notifications.prefer',
        objectType: 'notification-preference',
        objectId: accountId,
        before,
        after: preference,
      });
    });
  }
}

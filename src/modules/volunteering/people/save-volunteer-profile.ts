import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, allowedAbove, CLOCK, db, query, Register, sql, UnitOfWork } from '#platform';
import { LEAST_YEARS, yearsBetween } from './age.js';
import { peopleErrors } from './people.errors.js';
import { Volunteer, type VolunteerProfile } from './volunteer.entity.js';
import { volunteerObject } from './volunteer.object.js';

const ownVolunteer = query((p: { accountId: string }) =>
  db
    .selectFrom('volunteering.volunteer')
    .select(['id', 'volunteer_number as volunteerNumber'])
    .where('account_id', '=', p.accountId),
);

const takeTurns = query((p: { accountId: string }) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${p.accountId}::text, 0))`.as('taken')),
);

/** A person registers as a volunteer, or changes the own profile: no more data than 民政部令第67号 art. 5 asks. */
@Injectable()
export class SaveVolunteerProfile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    private readonly register: Register,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(profile: VolunteerProfile): Promise<{ volunteerNumber: string }> {
    return this.uow.run(async () => {
      const { accountId } = this.access;
      await this.identity.mustBeAreaInForce(profile.areaCode);
      const now = this.clock.now();
      if (yearsBetween(profile.birthDate, chinaDate(now)) < LEAST_YEARS) throw peopleErrors.tooYoung();
      const action = 'save-profile';
      const known = await this.own(accountId);
      if (known === undefined) {
        const volunteer = Volunteer.registered(accountId, profile, now);
        await this.register.add(volunteerObject, [volunteer], { action, allow: allowedAbove });
      } else {
        await this.register.act(volunteerObject, known.id, {
          action,
          allow: allowedAbove,
          apply: (volunteer, act) => {
            volunteer.describe(profile, act.at);
          },
        });
      }
      const saved = known ?? (await this.uow.first(ownVolunteer, { accountId }));
      if (!saved) throw new Error('The profile was not saved');
      return { volunteerNumber: saved.volunteerNumber };
    });
  }

  /** Whoever registers twice at one moment waits here, and then changes what the first request has made. */
  private async own(accountId: string) {
    const known = await this.uow.first(ownVolunteer, { accountId });
    if (known) return known;
    await this.uow.all(takeTurns, { accountId });
    return this.uow.first(ownVolunteer, { accountId });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, AuditTrail, CLOCK, db, UnitOfWork } from '#platform';
import { LEAST_YEARS, yearsBetween } from './age.js';
import { peopleErrors } from './people.errors.js';

export interface VolunteerProfile {
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly areaCode: string;
  readonly skills: readonly string[];
  /** Under eighteen: the guardian has consented. */
  readonly guardianConsent: boolean;
}

/** Registers, or changes: the number and the moment of the first consent stay. */
const saveProfile = (p: VolunteerProfile & { accountId: string; consentedAt: Date | null; now: Date }) =>
  db
    .insertInto('volunteering.volunteer')
    .values({
      account_id: p.accountId,
      birth_date: p.birthDate,
      area_code: p.areaCode,
      skills: p.skills,
      guardian_consent_at: p.consentedAt,
      registered_at: p.now,
    })
    .onConflict((known) =>
      known.column('account_id').doUpdateSet((eb) => ({
        birth_date: eb.ref('excluded.birth_date'),
        area_code: eb.ref('excluded.area_code'),
        skills: eb.ref('excluded.skills'),
        guardian_consent_at:
          p.consentedAt === null
            ? null
            : eb.fn.coalesce('volunteering.volunteer.guardian_consent_at', 'excluded.guardian_consent_at'),
        version: eb('volunteering.volunteer.version', '+', 1),
      })),
    )
    .returning('volunteer_number as volunteerNumber');

/** A person registers as a volunteer, or changes the own profile: no more data than 民政部令第67号 art. 5 asks. */
@Injectable()
export class SaveVolunteerProfile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(profile: VolunteerProfile): Promise<{ volunteerNumber: string }> {
    return this.uow.run(async () => {
      const { accountId } = this.access;
      await this.identity.mustBeAreaInForce(profile.areaCode);
      const now = this.clock.now();
      if (yearsBetween(profile.birthDate, chinaDate(now)) < LEAST_YEARS) throw peopleErrors.tooYoung();
      const saved = await this.uow.first(
        saveProfile({ ...profile, accountId, consentedAt: profile.guardianConsent ? now : null, now }),
      );
      if (!saved) throw new Error('The profile was not saved');
      await this.audit.record({
        action: 'volunteering.save-profile',
        objectType: 'volunteer',
        objectId: accountId,
        after: { areaCode: profile.areaCode },
      });
      return { volunteerNumber: saved.volunteerNumber };
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, AuditTrail, CLOCK, UnitOfWork } from '#platform';
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
      const saved = await this.uow.one<{ volunteer_number: string }>(
        `INSERT INTO volunteering.volunteer (account_id, birth_date, area_code, skills, guardian_consent_at, registered_at)
         VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN $6::timestamptz END, $6)
         ON CONFLICT (account_id) DO UPDATE
           SET birth_date = excluded.birth_date, area_code = excluded.area_code, skills = excluded.skills,
               guardian_consent_at = CASE WHEN $5 THEN coalesce(volunteer.guardian_consent_at, $6) END,
               version = volunteer.version + 1
         RETURNING volunteer_number`,
        [accountId, profile.birthDate, profile.areaCode, profile.skills, profile.guardianConsent, now],
      );
      await this.audit.record({
        action: 'volunteering.save-profile',
        objectType: 'volunteer',
        objectId: accountId,
        after: { areaCode: profile.areaCode },
      });
      return { volunteerNumber: saved?.volunteer_number ?? '' };
    });
  }
}

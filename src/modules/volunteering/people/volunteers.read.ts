import { Injectable } from '@nestjs/common';
import { Access, db, isOneOf, platformErrors, query, UnitOfWork } from '#platform';
import type { VolunteerProfileResponse } from './http/volunteer-profile.response.js';

/** The volunteer of an account, to compare with. */
export const volunteerOf = (accountId: string) =>
  db.selectFrom('volunteering.volunteer').select('id').where('account_id', '=', accountId);

const profileOf = query((p: { accountId: string }) =>
  db
    .selectFrom('volunteering.volunteer')
    .select([
      'volunteer_number as volunteerNumber',
      'birth_date as birthDate',
      'area_code as areaCode',
      'skills',
    ])
    .select((eb) => eb('guardian_consent_at', 'is not', null).as('guardianConsent'))
    .where('account_id', '=', p.accountId),
);

@Injectable()
export class VolunteerReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  /** @throws DomainError platform.not-found for whoever has not registered */
  async ownProfile(): Promise<VolunteerProfileResponse> {
    const profile = await this.uow.first(profileOf, { accountId: this.access.accountId });
    if (!profile) throw platformErrors.notFound();
    return { ...profile, skills: [...profile.skills], guardianConsent: Boolean(profile.guardianConsent) };
  }

  /** The numbers of those who are volunteers, by account. */
  async numbersOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const volunteers = await this.uow.all(
      db
        .selectFrom('volunteering.volunteer')
        .select(['account_id as accountId', 'volunteer_number as volunteerNumber'])
        .where((eb) => isOneOf(eb.ref('account_id'), [...new Set(accountIds)], 'uuid')),
    );
    return new Map(volunteers.map((one) => [one.accountId ?? '', one.volunteerNumber]));
  }
}

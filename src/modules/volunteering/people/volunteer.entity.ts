import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';

export interface VolunteerProfile {
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly areaCode: string;
  readonly skills: readonly string[];
  /** Under eighteen: the guardian has consented. */
  readonly guardianConsent: boolean;
}

/** Somebody who volunteers: most have an account, but nobody needs one. */
@Entity({ schema: 'volunteering', name: 'volunteer' })
export class Volunteer {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId: string | null;
  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId: string | null;
  /** Only of somebody without an account. */
  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;
  /** Given out by the table. */
  @Column('text', { name: 'volunteer_number' })
  readonly volunteerNumber: string;
  @Column('date', { name: 'birth_date' })
  birthDate: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('text', { array: true })
  skills: string[];
  @Column('timestamptz', { name: 'guardian_consent_at', nullable: true })
  guardianConsentAt: Date | null;
  @Column('text', { name: 'registered_by' })
  registeredBy: string;
  @Column('timestamptz', { name: 'registered_at' })
  registeredAt: Date;
  @Column('int')
  readonly version: number;

  /** A person with an account registers. */
  static registered(accountId: string, profile: VolunteerProfile, at: Date): Volunteer {
    const volunteer = Object.assign(new Volunteer(), {
      ...{ id: newId(), accountId, unitId: null, displayName: null, guardianConsentAt: null },
      ...{ registeredBy: accountId, registeredAt: at, version: 1 },
    });
    volunteer.describe(profile, at);
    return volunteer;
  }

  /** The moment of the first consent stays until the consent is withdrawn. */
  describe({ birthDate, areaCode, skills, guardianConsent }: VolunteerProfile, at: Date): void {
    this.birthDate = birthDate;
    this.areaCode = areaCode;
    this.skills = [...skills];
    this.guardianConsentAt = guardianConsent ? (this.guardianConsentAt ?? at) : null;
  }
}

import { randomBytes } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { chinaDate, newId } from '#libs/kernel';
import { type ShiftState, shiftStates } from './shift.state.js';
import { shiftsErrors } from './shifts.errors.js';

/** What an organization plans. */
export interface PlannedShift {
  readonly projectId: string;
  readonly organizationId: string;
  readonly areaCode: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** So many minutes before the start the last person moves up from the queue. */
  readonly promotionLeadMinutes: number;
}

/** How many people it takes and what it asks of them: the one role that is made with a shift. */
export interface PlannedRole {
  readonly capacity: number;
  readonly riskText: string | null;
  readonly dangerous: boolean;
}

/** Two hours to answer and to come. */
export const DEFAULT_LEAD_MINUTES = 120;

@Entity({ schema: 'volunteering', name: 'shift' })
export class Shift {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'project_id' })
  projectId: string;
  @Column('uuid', { name: 'organization_id' })
  organizationId: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('text')
  title: string;
  @Column('text')
  place: string;
  @Column('timestamptz', { name: 'starts_at' })
  startsAt: Date;
  /** The first moment after it. */
  @Column('timestamptz', { name: 'ends_at' })
  endsAt: Date;
  @Column('int', { name: 'promotion_lead_minutes' })
  promotionLeadMinutes: number;
  @Column('text')
  readonly state: ShiftState;
  @Column('bytea', { name: 'check_in_secret' })
  checkInSecret: Buffer;
  @Column('text', { name: 'created_by' })
  createdBy: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
  @Column('int')
  readonly version: number;

  static planned(plan: PlannedShift, by: string, at: Date): Shift {
    return Object.assign(new Shift(), {
      ...plan,
      id: newId(),
      state: shiftStates.initial,
      checkInSecret: randomBytes(32),
      createdBy: by,
      createdAt: at,
      version: 1,
    });
  }

  /** The China date on which it begins: the day of service. */
  get firstDay(): string {
    return chinaDate(this.startsAt);
  }

  /** The China date of its last moment: until midnight is still that day. */
  get lastDay(): string {
    return chinaDate(new Date(this.endsAt.getTime() - 1));
  }

  isOver(at: Date): boolean {
    return this.endsAt <= at;
  }

  /** @throws DomainError volunteering.shift-not-open */
  mustNotBeCalledOff(): void {
    if (this.state !== 'open') throw shiftsErrors.shiftNotOpen();
  }

  /** @throws DomainError volunteering.shift-over */
  mustNotBeOver(at: Date): void {
    if (this.isOver(at)) throw shiftsErrors.shiftOver();
  }
}

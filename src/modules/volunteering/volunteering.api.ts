import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';

export interface ShiftSummary {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly projectId: string;
  readonly organizationId: string;
  readonly areaCode: string;
}

/** What other modules may ask. */
@Injectable()
export class VolunteeringApi {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError platform.not-found */
  async shift(shiftId: string): Promise<ShiftSummary> {
    const shift = await this.uow.one<ShiftSummary>(
      `SELECT id, title, place, starts_at AS "startsAt", ends_at AS "endsAt", project_id AS "projectId",
              organization_id AS "organizationId", area_code AS "areaCode"
       FROM volunteering.shift WHERE id = $1`,
      [shiftId],
    );
    if (!shift) throw platformErrors.notFound();
    return shift;
  }

  /** Accounts that had a seat or waited, whatever came of it: whom a cancelled shift concerns. */
  async peopleOfShift(shiftId: string): Promise<string[]> {
    const rows = await this.uow.sql<{ account_id: string }>(
      'SELECT DISTINCT account_id FROM volunteering.sign_up WHERE shift_id = $1',
      [shiftId],
    );
    return rows.map(({ account_id }) => account_id);
  }
}

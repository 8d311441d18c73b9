import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, newId } from '#libs/kernel';
import { ProjectsApi } from '#modules/projects';
import { Access, AuditTrail, CLOCK, UnitOfWork } from '#platform';
import { shiftsErrors } from './shifts.errors.js';
import { shiftsPermissions } from './shifts.permissions.js';

export interface NewShift {
  readonly projectId: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly riskText: string | null;
  readonly dangerous: boolean;
}

const MAX_MS = 24 * 3_600_000;

/** The organization that runs a project plans a shift in it. */
@Injectable()
export class CreateShift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly projects: ProjectsApi,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(shift: NewShift): Promise<{ shiftId: string }> {
    return this.uow.run(async () => {
      const project = await this.projects.project(shift.projectId);
      this.access.inOrganization(shiftsPermissions.organize, project.organizationId);
      if (project.state !== 'active') throw shiftsErrors.projectNotRunning();
      if (shift.dangerous && shift.riskText === null) throw shiftsErrors.riskTextRequired();
      const now = this.clock.now();
      const length = shift.endsAt.getTime() - shift.startsAt.getTime();
      if (shift.endsAt <= now || length <= 0 || length > MAX_MS) throw shiftsErrors.shiftTimesInvalid();
      if (chinaDate(shift.startsAt) < project.startsOn || chinaDate(shift.endsAt) > project.endsOn)
        throw shiftsErrors.shiftOutsideProject();
      const shiftId = newId();
      await this.uow.sql(
        `INSERT INTO volunteering.shift
           (id, project_id, organization_id, area_code, title, place, risk_text, dangerous, starts_at, ends_at,
            capacity, state, check_in_secret, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13, $14)`,
        [
          shiftId,
          project.id,
          project.organizationId,
          project.areaCode,
          shift.title,
          shift.place,
          shift.riskText,
          shift.dangerous,
          shift.startsAt,
          shift.endsAt,
          shift.capacity,
          randomBytes(32),
          this.access.accountId,
          now,
        ],
      );
      await this.audit.record({
        action: 'volunteering.create-shift',
        objectType: 'shift',
        objectId: shiftId,
        after: { projectId: project.id, capacity: shift.capacity },
      });
      return { shiftId };
    });
  }
}

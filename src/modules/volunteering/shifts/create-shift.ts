import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { ProjectsApi } from '#modules/projects';
import { Access, CLOCK, db, Register, UnitOfWork } from '#platform';
import { DEFAULT_LEAD_MINUTES, type PlannedRole, type PlannedShift, Shift } from './shift.entity.js';
import { shiftObject } from './shift.object.js';
import { shiftsErrors } from './shifts.errors.js';
import { shiftsPermissions } from './shifts.permissions.js';

export interface NewShift
  extends PlannedRole, Omit<PlannedShift, 'organizationId' | 'areaCode' | 'promotionLeadMinutes'> {
  /** Two hours unless something else is said. */
  readonly promotionLeadMinutes?: number | undefined;
}

const MAX_MS = 24 * 3_600_000;

/** The organization that runs a project plans a shift in it. */
@Injectable()
export class CreateShift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly projects: ProjectsApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ capacity, riskText, dangerous, ...plan }: NewShift): Promise<{ shiftId: string }> {
    return this.uow.run(async () => {
      const project = await this.projects.held(plan.projectId);
      const { organizationId, areaCode } = project;
      const now = this.clock.now();
      const promotionLeadMinutes = plan.promotionLeadMinutes ?? DEFAULT_LEAD_MINUTES;
      const shift = Shift.planned(
        { ...plan, organizationId, areaCode, promotionLeadMinutes },
        this.access.accountId,
        now,
      );
      await this.register.add(shiftObject, [shift], {
        action: 'create-shift',
        allow: () => {
          this.access.inOrganization(shiftsPermissions.organize, organizationId);
        },
        apply: (_shift, act) => {
          if (project.state !== 'active') throw shiftsErrors.projectNotRunning();
          if (dangerous && riskText === null) throw shiftsErrors.riskTextRequired();
          const length = shift.endsAt.getTime() - shift.startsAt.getTime();
          if (shift.isOver(now) || length <= 0 || length > MAX_MS) throw shiftsErrors.shiftTimesInvalid();
          if (shift.firstDay < project.startsOn || shift.lastDay > project.endsOn)
            throw shiftsErrors.shiftOutsideProject();
          act.note({ capacity, dangerous });
        },
      });
      await this.uow.all(
        db.insertInto('volunteering.shift_role').values({
          ...{ id: newId(), shift_id: shift.id, max_people: capacity, risk_text: riskText, dangerous },
        }),
      );
      return { shiftId: shift.id };
    });
  }
}

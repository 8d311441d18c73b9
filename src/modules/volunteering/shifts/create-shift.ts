import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { ProjectsApi } from '#modules/projects';
import { Access, CLOCK, Register, UnitOfWork } from '#platform';
import { DEFAULT_LEAD_MINUTES, type PlannedShift, Shift } from './shift.entity.js';
import { shiftObject } from './shift.object.js';
import { shiftsErrors } from './shifts.errors.js';
import { shiftsPermissions } from './shifts.permissions.js';

export interface NewShift extends Omit<PlannedShift, 'organizationId' | 'areaCode' | 'promotionLeadMinutes'> {
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

  execute(plan: NewShift): Promise<{ shiftId: string }> {
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
        apply: () => {
          if (project.state !== 'active') throw shiftsErrors.projectNotRunning();
          if (shift.dangerous && shift.riskText === null) throw shiftsErrors.riskTextRequired();
          const length = shift.endsAt.getTime() - shift.startsAt.getTime();
          if (shift.isOver(now) || length <= 0 || length > MAX_MS) throw shiftsErrors.shiftTimesInvalid();
          if (shift.firstDay < project.startsOn || shift.lastDay > project.endsOn)
            throw shiftsErrors.shiftOutsideProject();
        },
      });
      return { shiftId: shift.id };
    });
  }
}

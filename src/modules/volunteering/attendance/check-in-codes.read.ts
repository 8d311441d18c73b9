import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { Access, CLOCK, db, platformErrors, query, UnitOfWork } from '#platform';
import { shiftsPermissions } from '../shifts/shifts.permissions.js';
import { checkInCode } from './check-in-code.js';
import type { CheckInCodeResponse } from './http/attendance.response.js';

const secretOf = query((p: { shiftId: string }) =>
  db
    .selectFrom('volunteering.shift')
    .select(['organization_id as organizationId', 'check_in_secret as secret'])
    .where('id', '=', p.shiftId),
);

@Injectable()
export class CheckInCodeReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The code of this minute, for the organizers. @throws DomainError platform.not-found */
  async current(shiftId: string): Promise<CheckInCodeResponse> {
    const shift = await this.uow.first(secretOf, { shiftId });
    if (!shift) throw platformErrors.notFound();
    this.access.inOrganization(shiftsPermissions.organize, shift.organizationId);
    const { code, validUntil } = checkInCode(shift.secret, shiftId, this.clock.now());
    return { code, validUntil: validUntil.toISOString() };
  }
}

import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplainsRefusals, Idempotent, RequirePermission } from '#platform';
import { signUpObject } from '../../seats/sign-up.object.js';
import { shiftsPermissions } from '../../shifts/shifts.permissions.js';
import { EnterAttendance } from '../enter-attendance.js';
import { RecordNoShow } from '../record-no-show.js';
import { ReverseNoShow } from '../reverse-no-show.js';
import { EnterAttendanceRequest, NoShowRequest } from './attendance.request.js';
import { AttendanceEnteredResponse } from './attendance.response.js';

/** What organizers write down when the shift is over. */
@ApiTags('volunteering')
@Controller('sign-ups')
export class AfterwardsController {
  constructor(
    private readonly recordNoShow: RecordNoShow,
    private readonly reverseNoShow: ReverseNoShow,
    private readonly enterAttendance: EnterAttendance,
  ) {}

  /** Somebody had a seat and never came. */
  @Post(':id/record-no-show')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(shiftsPermissions.organize)
  async absent(@Param('id', ParseUUIDPipe) id: string, @Body() request: NoShowRequest): Promise<void> {
    await this.recordNoShow.execute(id, request.reason);
  }

  /** The absence was a mistake. */
  @Post(':id/reverse-no-show')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(shiftsPermissions.organize)
  async notAbsent(@Param('id', ParseUUIDPipe) id: string, @Body() request: NoShowRequest): Promise<void> {
    await this.reverseNoShow.execute(id, request.reason);
  }

  /** A missing check-out, or both; flagged as entered later, and confirmed by somebody else. */
  @ExplainsRefusals(
    'volunteering.enter-attendance',
    { zh: '补录出勤', en: 'enter an attendance' },
    signUpObject,
  )
  @Post(':id/enter-attendance')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(shiftsPermissions.organize)
  enter(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: EnterAttendanceRequest,
  ): Promise<AttendanceEnteredResponse> {
    return this.enterAttendance.execute(id, {
      checkedInAt: request.checkedInAt === undefined ? undefined : new Date(request.checkedInAt),
      checkedOutAt: new Date(request.checkedOutAt),
      reason: request.reason,
    });
  }
}

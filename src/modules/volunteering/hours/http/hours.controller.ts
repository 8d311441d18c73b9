import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplainsRefusals, Idempotent, PageQuery, RequirePermission } from '#platform';
import { signUpObject } from '../../seats/sign-up.object.js';
import { peoplePermissions } from '../../people/people.permissions.js';
import { ConfirmAttendance } from '../confirm-attendance.js';
import { hoursPermissions } from '../hours.permissions.js';
import { HoursReads } from '../hours.read.js';
import { ConfirmAttendanceRequest } from './hours.request.js';
import { AttendanceConfirmedResponse, HoursPageResponse } from './hours.response.js';

@ApiTags('volunteering')
@Controller()
export class HoursController {
  constructor(
    private readonly hours: HoursReads,
    private readonly confirmAttendance: ConfirmAttendance,
  ) {}

  /** The counterpart confirms what they saw; with the check-in this records the hours. */
  @ExplainsRefusals('volunteering.confirm-attendance', { zh: '确认时长', en: 'confirm hours' }, signUpObject)
  @Post('sign-ups/:id/confirm-attendance')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(hoursPermissions['confirm-attendance'])
  confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: ConfirmAttendanceRequest,
  ): Promise<AttendanceConfirmedResponse> {
    return this.confirmAttendance.execute(id, request.minutes);
  }

  /** Own hours, the newest first. */
  @Get('hours')
  @RequirePermission(peoplePermissions.volunteer)
  own(@Query() query: PageQuery): Promise<HoursPageResponse> {
    return this.hours.own(query);
  }
}

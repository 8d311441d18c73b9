import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplainsRefusals, Idempotent, RequirePermission } from '#platform';
import { shiftObject } from '../../shifts/shift.object.js';
import { peoplePermissions } from '../../people/people.permissions.js';
import { shiftsPermissions } from '../../shifts/shifts.permissions.js';
import { CheckIn } from '../check-in.js';
import { CheckOut } from '../check-out.js';
import { CheckInCodeReads } from '../check-in-codes.read.js';
import { CheckInRequest } from './attendance.request.js';
import { AttendanceResponse, CheckInCodeResponse } from './attendance.response.js';

@ApiTags('volunteering')
@Controller('shifts')
export class AttendanceController {
  constructor(
    private readonly codes: CheckInCodeReads,
    private readonly checkInUseCase: CheckIn,
    private readonly checkOutUseCase: CheckOut,
  ) {}

  /** The code to show at the place; it changes every minute. */
  @Get(':id/check-in-code')
  @RequirePermission(shiftsPermissions.organize)
  checkInCode(@Param('id', ParseUUIDPipe) id: string): Promise<CheckInCodeResponse> {
    return this.codes.current(id);
  }

  @ExplainsRefusals('volunteering.check-in', { zh: '签到', en: 'check in' }, shiftObject)
  @Post(':id/check-ins')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(peoplePermissions.volunteer)
  checkIn(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: CheckInRequest,
  ): Promise<AttendanceResponse> {
    return this.checkInUseCase.execute(id, request.code);
  }

  @ExplainsRefusals('volunteering.check-out', { zh: '签退', en: 'check out' }, shiftObject)
  @Post(':id/check-outs')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(peoplePermissions.volunteer)
  checkOut(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: CheckInRequest,
  ): Promise<AttendanceResponse> {
    return this.checkOutUseCase.execute(id, request.code);
  }
}

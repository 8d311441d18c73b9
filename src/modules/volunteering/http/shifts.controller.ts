import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Idempotent,
  idempotencyKeyOf,
  Public,
  PublicCached,
  requestHash,
  RequirePermission,
} from '#platform';
import { Attend } from '../application/attend.js';
import { CancelShift } from '../application/cancel-shift.js';
import { CreateShift } from '../application/create-shift.js';
import { SignUp } from '../application/sign-up.js';
import { VolunteeringQueries } from '../application/volunteering.query.js';
import { volunteeringPermissions } from '../volunteering.permissions.js';
import {
  CheckInRequest,
  CreateShiftRequest,
  ListShiftsQuery,
  SignUpRequestBody,
} from './dto/volunteering.request.js';
import {
  AttendanceResponse,
  CheckInCodeResponse,
  RosterEntryResponse,
  ShiftCreatedResponse,
  ShiftPageResponse,
  ShiftResponse,
  SignUpResponse,
} from './dto/volunteering.response.js';

@ApiTags('volunteering')
@Controller('shifts')
export class ShiftsController {
  constructor(
    private readonly queries: VolunteeringQueries,
    private readonly createShift: CreateShift,
    private readonly cancelShift: CancelShift,
    private readonly signUpUseCase: SignUp,
    private readonly attend: Attend,
  ) {}

  /** Shifts one can sign up for, the soonest first. */
  @Get()
  @PublicCached()
  @Public('anybody may look for something to help with')
  list(@Query() query: ListShiftsQuery): Promise<ShiftPageResponse> {
    return this.queries.shifts(query);
  }

  @Get(':id')
  @Public('anybody may look for something to help with')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ShiftResponse> {
    return this.queries.shift(id);
  }

  @Post()
  @Idempotent()
  @RequirePermission(volunteeringPermissions.organize)
  create(@Body() request: CreateShiftRequest): Promise<ShiftCreatedResponse> {
    return this.createShift.execute({
      projectId: request.projectId,
      title: request.title,
      place: request.place,
      capacity: request.capacity,
      startsAt: new Date(request.startsAt),
      endsAt: new Date(request.endsAt),
      riskText: request.riskText ?? null,
      dangerous: request.dangerous ?? false,
    });
  }

  /** Calls the shift off; everybody concerned is told. */
  @Post(':id/cancel')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(volunteeringPermissions.organize)
  async cancel(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.cancelShift.execute(id);
  }

  /** Takes a seat, or a place on the waiting list when none is left. */
  @Post(':id/sign-ups')
  @Idempotent('in-use-case')
  @RequirePermission(volunteeringPermissions.volunteer)
  @ApiCreatedResponse({ type: SignUpResponse })
  async signUp(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: SignUpRequestBody,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignUpResponse> {
    const { answer, replayed } = await this.signUpUseCase.execute({
      shiftId: id,
      riskAcknowledged: request.riskAcknowledged ?? false,
      idempotencyKey: idempotencyKeyOf(http),
      requestHash: requestHash(http.method, http.url, http.body),
    });
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return answer;
  }

  /** Who comes and who waits. */
  @Get(':id/roster')
  @RequirePermission(volunteeringPermissions.organize)
  roster(@Param('id', ParseUUIDPipe) id: string): Promise<RosterEntryResponse[]> {
    return this.queries.roster(id);
  }

  /** The code to show at the place; it changes every minute. */
  @Get(':id/check-in-code')
  @RequirePermission(volunteeringPermissions.organize)
  checkInCode(@Param('id', ParseUUIDPipe) id: string): Promise<CheckInCodeResponse> {
    return this.queries.checkInCode(id);
  }

  @Post(':id/check-ins')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(volunteeringPermissions.volunteer)
  checkIn(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: CheckInRequest,
  ): Promise<AttendanceResponse> {
    return this.attend.checkIn(id, request.code);
  }

  @Post(':id/check-outs')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(volunteeringPermissions.volunteer)
  checkOut(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: CheckInRequest,
  ): Promise<AttendanceResponse> {
    return this.attend.checkOut(id, request.code);
  }
}

import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ExplainsRefusals,
  Idempotent,
  idempotencyKeyOf,
  PageQuery,
  requestHash,
  RequirePermission,
} from '#platform';
import { signUpObject } from '../sign-up.object.js';
import { shiftObject } from '../../shifts/shift.object.js';
import { peoplePermissions } from '../../people/people.permissions.js';
import { shiftsPermissions } from '../../shifts/shifts.permissions.js';
import { CancelShift } from '../cancel-shift.js';
import { CancelSignUp } from '../cancel-sign-up.js';
import { SignUpForShift } from '../sign-up-for-shift.js';
import { SignUpReads } from '../sign-ups.read.js';
import { SignUpRequestBody } from './sign-up.request.js';
import { OwnSignUpPageResponse, RosterEntryResponse, SignUpResponse } from './sign-up.response.js';

@ApiTags('volunteering')
@Controller()
export class SignUpsController {
  constructor(
    private readonly signUps: SignUpReads,
    private readonly signUpForShift: SignUpForShift,
    private readonly cancelSignUp: CancelSignUp,
    private readonly cancelShift: CancelShift,
  ) {}

  /** Takes a seat, or a place on the waiting list when none is left. */
  @ExplainsRefusals('volunteering.sign-up', { zh: '报名班次', en: 'sign up for a shift' }, shiftObject)
  @Post('shifts/:id/sign-ups')
  @Idempotent('in-use-case')
  @RequirePermission(peoplePermissions.volunteer)
  @ApiCreatedResponse({ type: SignUpResponse })
  async signUp(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: SignUpRequestBody,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignUpResponse> {
    const { answer, replayed } = await this.signUpForShift.execute({
      shiftId: id,
      riskAcknowledged: request.riskAcknowledged ?? false,
      idempotencyKey: idempotencyKeyOf(http),
      requestHash: requestHash(http.method, http.url, http.body),
    });
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return answer;
  }

  /** Who comes and who waits. */
  @Get('shifts/:id/roster')
  @RequirePermission(shiftsPermissions.organize)
  roster(@Param('id', ParseUUIDPipe) id: string): Promise<RosterEntryResponse[]> {
    return this.signUps.roster(id);
  }

  /** Calls the shift off; everybody concerned is told. */
  @Post('shifts/:id/cancel')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(shiftsPermissions.organize)
  async callOff(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.cancelShift.execute(id);
  }

  /** Own sign-ups, the newest first. */
  @Get('sign-ups')
  @RequirePermission(peoplePermissions.volunteer)
  own(@Query() query: PageQuery): Promise<OwnSignUpPageResponse> {
    return this.signUps.own(query);
  }

  /** Gives the seat back; it goes to the waiting list. */
  @ExplainsRefusals('volunteering.cancel-sign-up', { zh: '取消报名', en: 'give a seat back' }, signUpObject)
  @Post('sign-ups/:id/cancel')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(peoplePermissions.volunteer)
  async cancel(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.cancelSignUp.execute(id);
  }
}

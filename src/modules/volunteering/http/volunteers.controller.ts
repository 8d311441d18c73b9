import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, PageQuery, RequirePermission } from '#platform';
import { CancelSignUp } from '../application/cancel-sign-up.js';
import { ConfirmAttendance } from '../application/confirm-attendance.js';
import { SaveVolunteerProfile } from '../application/save-volunteer-profile.js';
import { VolunteeringQueries } from '../application/volunteering.query.js';
import { volunteeringPermissions } from '../volunteering.permissions.js';
import { ConfirmAttendanceRequest, SaveProfileRequest } from './dto/volunteering.request.js';
import {
  AttendanceConfirmedResponse,
  HoursPageResponse,
  OwnSignUpPageResponse,
  ProfileSavedResponse,
  VolunteerProfileResponse,
} from './dto/volunteering.response.js';

@ApiTags('volunteering')
@Controller()
export class VolunteersController {
  constructor(
    private readonly queries: VolunteeringQueries,
    private readonly saveProfileUseCase: SaveVolunteerProfile,
    private readonly cancelSignUp: CancelSignUp,
    private readonly confirmAttendance: ConfirmAttendance,
  ) {}

  @Get('volunteer-profile')
  @RequirePermission(volunteeringPermissions.volunteer)
  profile(): Promise<VolunteerProfileResponse> {
    return this.queries.ownProfile();
  }

  /** Registers the person as a volunteer, or changes the own profile. */
  @Put('volunteer-profile')
  @RequirePermission(volunteeringPermissions.volunteer)
  saveProfile(@Body() request: SaveProfileRequest): Promise<ProfileSavedResponse> {
    return this.saveProfileUseCase.execute({
      birthDate: request.birthDate,
      areaCode: request.areaCode,
      skills: request.skills,
      guardianConsent: request.guardianConsent ?? false,
    });
  }

  /** Own sign-ups, the newest first. */
  @Get('sign-ups')
  @RequirePermission(volunteeringPermissions.volunteer)
  signUps(@Query() query: PageQuery): Promise<OwnSignUpPageResponse> {
    return this.queries.ownSignUps(query);
  }

  /** Gives the seat back; it goes to the waiting list. */
  @Post('sign-ups/:id/cancel')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(volunteeringPermissions.volunteer)
  async cancel(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.cancelSignUp.execute(id);
  }

  /** The counterpart confirms what they saw; with the check-in this records the hours. */
  @Post('sign-ups/:id/confirm-attendance')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(volunteeringPermissions['confirm-attendance'])
  confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: ConfirmAttendanceRequest,
  ): Promise<AttendanceConfirmedResponse> {
    return this.confirmAttendance.execute(id, request.minutes);
  }

  /** Own hours, the newest first. */
  @Get('hours')
  @RequirePermission(volunteeringPermissions.volunteer)
  hours(@Query() query: PageQuery): Promise<HoursPageResponse> {
    return this.queries.ownHours(query);
  }
}

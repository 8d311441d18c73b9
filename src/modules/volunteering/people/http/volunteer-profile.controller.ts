import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { peoplePermissions } from '../people.permissions.js';
import { SaveVolunteerProfile } from '../save-volunteer-profile.js';
import { VolunteerReads } from '../volunteers.read.js';
import { SaveProfileRequest } from './volunteer-profile.request.js';
import { ProfileSavedResponse, VolunteerProfileResponse } from './volunteer-profile.response.js';

@ApiTags('volunteering')
@Controller('volunteer-profile')
export class VolunteerProfileController {
  constructor(
    private readonly volunteers: VolunteerReads,
    private readonly saveVolunteerProfile: SaveVolunteerProfile,
  ) {}

  @Get()
  @RequirePermission(peoplePermissions.volunteer)
  profile(): Promise<VolunteerProfileResponse> {
    return this.volunteers.ownProfile();
  }

  /** Registers the person as a volunteer, or changes the own profile. */
  @Put()
  @RequirePermission(peoplePermissions.volunteer)
  saveProfile(@Body() request: SaveProfileRequest): Promise<ProfileSavedResponse> {
    return this.saveVolunteerProfile.execute({
      birthDate: request.birthDate,
      areaCode: request.areaCode,
      skills: request.skills,
      guardianConsent: request.guardianConsent ?? false,
    });
  }
}

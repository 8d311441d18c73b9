import { Module } from '@nestjs/common';
import { IdentityModule } from '#modules/identity';
import { ProjectsModule } from '#modules/projects';
import { Attend } from './application/attend.js';
import { CancelShift } from './application/cancel-shift.js';
import { CancelSignUp } from './application/cancel-sign-up.js';
import { ConfirmAttendance } from './application/confirm-attendance.js';
import { CreateShift } from './application/create-shift.js';
import { PromoteWaiting } from './application/promote-waiting.js';
import { PromoteWhenSeatReleased } from './application/promote-when-seat-released.handler.js';
import { SaveVolunteerProfile } from './application/save-volunteer-profile.js';
import { SignUp } from './application/sign-up.js';
import { SignUpBatch } from './application/sign-up-batch.js';
import { SignUpCollector } from './application/sign-up-collector.js';
import { SignUpReads } from './application/sign-up-reads.js';
import { VolunteeringQueries } from './application/volunteering.query.js';
import './checks/seats-and-hours.check.js';
import './volunteering.constraints.js';
import { ShiftsController } from './http/shifts.controller.js';
import { VolunteersController } from './http/volunteers.controller.js';
import { PromoteWaitingJob } from './jobs/promote-waiting.job.js';
import { VolunteeringApi } from './volunteering.api.js';
import './volunteering.notices.js';

@Module({
  imports: [IdentityModule, ProjectsModule],
  controllers: [ShiftsController, VolunteersController],
  providers: [
    VolunteeringApi,
    VolunteeringQueries,
    SaveVolunteerProfile,
    CreateShift,
    CancelShift,
    SignUp,
    SignUpCollector,
    SignUpBatch,
    SignUpReads,
    CancelSignUp,
    PromoteWaiting,
    PromoteWaitingJob,
    PromoteWhenSeatReleased,
    Attend,
    ConfirmAttendance,
  ],
  exports: [VolunteeringApi, SaveVolunteerProfile],
})
export class VolunteeringModule {}

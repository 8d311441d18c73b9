import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { ProjectsModule } from '#modules/projects';
import { AttendanceNotes } from './attendance/attendance-notes.js';
import './attendance/attendance.notices.js';
import { CheckIn } from './attendance/check-in.js';
import { CheckOut } from './attendance/check-out.js';
import { CheckInCodeReads } from './attendance/check-in-codes.read.js';
import { EnterAttendance } from './attendance/enter-attendance.js';
import { AfterwardsController } from './attendance/http/afterwards.controller.js';
import { AttendanceController } from './attendance/http/attendance.controller.js';
import { RecordNoShow } from './attendance/record-no-show.js';
import { ReverseNoShow } from './attendance/reverse-no-show.js';
import { ConfirmAttendance } from './hours/confirm-attendance.js';
import './hours/hours.check.js';
import './hours/hours.notices.js';
import { HoursReads } from './hours/hours.read.js';
import { HoursController } from './hours/http/hours.controller.js';
import { VolunteerProfileController } from './people/http/volunteer-profile.controller.js';
import { SaveVolunteerProfile } from './people/save-volunteer-profile.js';
import { Volunteer } from './people/volunteer.entity.js';
import { VolunteerReads } from './people/volunteers.read.js';
import { CallOff } from './seats/call-off.js';
import { CallOffShiftsWhenProjectClosed } from './seats/call-off-shifts-when-project-closed.handler.js';
import { CancelShift } from './seats/cancel-shift.js';
import { CancelSignUp } from './seats/cancel-sign-up.js';
import { ShiftRefusalsController } from './seats/http/shift-refusals.controller.js';
import { SignUpsController } from './seats/http/sign-ups.controller.js';
import { PromoteWaiting } from './seats/promote-waiting.js';
import { PromoteWaitingJob } from './seats/promote-waiting.job.js';
import { PromoteWhenSeatReleased } from './seats/promote-when-seat-released.handler.js';
import { SeatCounts } from './seats/seat-counts.js';
import { SeatLocks } from './seats/seat-locks.js';
import './seats/seats.check.js';
import './seats/seats.constraints.js';
import './attendance/attendance.constraints.js';
import './hours/hours.constraints.js';
import './people/people.constraints.js';
import './shifts/shifts.constraints.js';
import './seats/seats.notices.js';
import { ShiftRefusalReads } from './seats/shift-refusals.read.js';
import { SignUpForShift } from './seats/sign-up-for-shift.js';
import { SignUpBatch } from './seats/sign-up-batch.js';
import { SignUp } from './seats/sign-up.entity.js';
import { SignUpCollector } from './seats/sign-up-collector.js';
import { SignUpReads } from './seats/sign-ups.read.js';
import { CreateShift } from './shifts/create-shift.js';
import { ShiftsController } from './shifts/http/shifts.controller.js';
import { Shift } from './shifts/shift.entity.js';
import './shifts/shifts.check.js';
import { ShiftReads } from './shifts/shifts.read.js';

const people = [SaveVolunteerProfile, VolunteerReads];
const shifts = [CreateShift, ShiftReads];
const seats = [
  SignUpForShift,
  SeatCounts,
  SignUpCollector,
  SignUpBatch,
  SeatLocks,
  SignUpReads,
  ShiftRefusalReads,
  CancelSignUp,
  CancelShift,
  CallOff,
  CallOffShiftsWhenProjectClosed,
  PromoteWaiting,
  PromoteWaitingJob,
  PromoteWhenSeatReleased,
];
const attendance = [
  CheckIn,
  CheckOut,
  CheckInCodeReads,
  AttendanceNotes,
  RecordNoShow,
  ReverseNoShow,
  EnterAttendance,
];
const hours = [ConfirmAttendance, HoursReads];

@Module({
  imports: [TypeOrmModule.forFeature([Volunteer, Shift, SignUp]), IdentityModule, ProjectsModule],
  controllers: [
    VolunteerProfileController,
    ShiftsController,
    SignUpsController,
    ShiftRefusalsController,
    AttendanceController,
    AfterwardsController,
    HoursController,
  ],
  providers: [...people, ...shifts, ...seats, ...attendance, ...hours],
  exports: [SaveVolunteerProfile],
})
export class VolunteeringModule {}

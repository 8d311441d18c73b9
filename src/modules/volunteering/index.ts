export { attendanceEntered, noShowRecorded, noShowReversed } from './attendance/attendance.events.js';
export { hoursRecorded } from './hours/hours.events.js';
export { hoursPermissions } from './hours/hours.permissions.js';
export { peoplePermissions } from './people/people.permissions.js';
export { SaveVolunteerProfile } from './people/save-volunteer-profile.js';
export {
  shiftCancelled,
  signUpCancelled,
  signUpConfirmed,
  signUpPromoted,
  signUpWaitlisted,
} from './seats/seats.events.js';
export { shiftsPermissions } from './shifts/shifts.permissions.js';
export { VolunteeringModule } from './volunteering.module.js';

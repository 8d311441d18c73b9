export { SaveVolunteerProfile } from './application/save-volunteer-profile.js';
export { VolunteeringApi } from './volunteering.api.js';
export {
  hoursRecorded,
  shiftCancelled,
  signUpCancelled,
  signUpConfirmed,
  signUpPromoted,
  signUpWaitlisted,
} from './volunteering.events.js';
export { VolunteeringModule } from './volunteering.module.js';
export { volunteeringPermissions } from './volunteering.permissions.js';

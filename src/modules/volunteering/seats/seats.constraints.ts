import { defineConstraints } from '#platform';
import { seatsErrors } from './seats.errors.js';

const decided = { unreachable: 'decideSignUps answers first, under the locks of volunteer and shift' };
const entered = {
  unreachable: 'SignUp.enterAttendance sets person and instant together, after EnterAttendance',
};

defineConstraints('volunteering', {
  // An absence that is taken back holds its time again: the person may have taken another seat meanwhile.
  sign_up_never_double_booked: () => seatsErrors.doubleBooked(),
  sign_up_once_per_shift: decided,
  sign_up_role_of_shift: decided,
  sign_up_volunteer_known: decided,
  sign_up_account_of_volunteer: decided,
  sign_up_waiting_has_position: { unreachable: 'SignUp.decided gives whoever waits a number' },
  sign_up_waiting_order: { unreachable: 'numbers of the queue are given out under the lock of the role' },
  sign_up_check_out_after_in: {
    unreachable: 'the state table wants the check-in first, and EnterAttendance refuses times out of order',
  },
  sign_up_entry_is_whole: entered,
  sign_up_entered_by_another: {
    unreachable: 'AttendanceNotes.mustBeOrganizer refuses first (volunteering.writes-down-oneself)',
  },
});

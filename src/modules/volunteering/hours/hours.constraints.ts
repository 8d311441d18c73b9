import { defineConstraints } from '#platform';

const copied = {
  unreachable: 'ConfirmAttendance copies it from the sign-up and its shift, which are locked',
};
const notYet = { unreachable: 'no request corrects an entry yet: ConfirmAttendance writes originals only' };

defineConstraints('volunteering', {
  hours_recorded_once: {
    unreachable: 'the state table confirms an attendance once, under the lock of the sign-up',
  },
  hours_record_sign_up_known: copied,
  hours_record_volunteer_known: copied,
  hours_record_account_of_volunteer: copied,
  hours_record_shift_known: copied,
  hours_record_project_known: copied,
  hours_record_organization_known: copied,
  hours_corrects_another: notYet,
  hours_correction_reason_length: notYet,
  hours_correction_has_reason: notYet,
  hours_correction_of_same_volunteer: notYet,
  hours_with_volunteer: {
    unreachable: 'an id is given out once; it is there to be referred to by corrections',
  },
  hours_sign_up_has_shift: copied,
  hours_minutes: {
    unreachable: 'ConfirmAttendance refuses less than a minute; no shift is longer than a day',
  },
  hours_two_signals: {
    unreachable: 'ConfirmAttendance always writes two: how it was recorded, who confirmed',
  },
  hours_not_by_oneself: { unreachable: 'ConfirmAttendance refuses first (volunteering.confirms-own-hours)' },
  hours_entered_and_confirmed_by_two: {
    unreachable: 'ConfirmAttendance refuses first (volunteering.confirms-own-entry)',
  },
});

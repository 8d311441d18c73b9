import { newId } from '#libs/kernel';
import { describeChecks, type Forgeries } from '../../../test/support/forged-data.js';
import { correctionsAddUp, hoursNeedAttendance } from './hours/hours.check.js';
import { shiftsHaveARole } from './shifts/shifts.check.js';
import { accountsOfSignUps, takenSeatsAreCounted } from './seats/seats.check.js';

const checks = {
  shiftsHaveARole,
  takenSeatsAreCounted,
  accountsOfSignUps,
  hoursNeedAttendance,
  correctionsAddUp,
};

const [shift, role, signUp, volunteer, person] = [newId(), newId(), newId(), newId(), newId()];
const [entry, other] = [newId(), newId()];
const at = (time: string) => `2026-11-23T${time}Z`;

const planned = (more: object = {}) => ({
  'volunteering.shift': {
    ...{ id: shift, project_id: newId(), organization_id: newId(), area_code: '999901001', title: 'test' },
    ...{ place: 'test', starts_at: at('01:00'), ends_at: at('03:00'), state: 'open' },
    ...{ check_in_secret: Buffer.alloc(32), created_by: 'staff', created_at: at('00:00') },
  },
  'volunteering.shift_role': { id: role, shift_id: shift, max_people: 1, ...more },
});
const comes = (state: string, more: object = {}) => ({
  'volunteering.sign_up': {
    ...{
      id: newId(),
      role_id: role,
      shift_id: shift,
      volunteer_id: newId(),
      state,
      position: state === 'waiting' ? 1 : null,
    },
    ...{ occupied: 'empty', created_at: at('00:00'), ...more },
  },
});
const ATTENDED = {
  ...{ id: signUp, volunteer_id: volunteer, checked_in_at: at('01:00'), checked_out_at: at('02:00') },
};
const served = (minutes: number, more: object = {}) => ({
  'volunteering.hours_record': {
    ...{ id: newId(), sign_up_id: signUp, volunteer_id: volunteer, shift_id: shift, project_id: newId() },
    ...{ organization_id: newId(), activity_title: 'test', content: 'test', place: 'test', minutes },
    ...{ responsible_person: 'staff', served_on: '2026-11-23' },
    ...{ signals: '[{}, {}]', late: false, recorded_by: 'staff', recorded_at: at('04:00'), ...more },
  },
});
const corrected = (minutes: number, corrects: string, more: object = {}) =>
  served(minutes, { corrects_id: corrects, correction_reason: 'test', ...more });
const registered = (more: object) => ({
  'volunteering.volunteer': {
    ...{ id: volunteer, birth_date: '1990-05-04', area_code: '999901001' },
    ...{ registered_by: 'worker', registered_at: at('00:00'), ...more },
  },
});
const withAccount = registered({ account_id: person });
const withoutAccount = registered({ display_name: '王阿姨' });
const SEATED = ['confirmed', 'checked-in', 'checked-out', 'attended', 'no-show'];

const FORGERIES: Forgeries<typeof checks> = {
  takenSeatsAreCounted: {
    fine: [
      ...SEATED.map((state) => [planned({ taken: 1 }), comes(state)]),
      [planned({ waiting: 1 }), comes('waiting'), comes('cancelled')],
    ],
    found: [
      [planned({ taken: 1 })],
      [planned({ waiting: 1 })],
      [planned(), comes('waiting')],
      ...SEATED.map((state) => [planned(), comes(state)]),
      [planned({ taken: 1 }), comes('cancelled')],
      // What another role's sign-ups say counts there.
      [planned({ taken: 1 }), comes('confirmed', { role_id: newId() })],
      [
        'ALTER TABLE volunteering.shift_role DROP CONSTRAINT shift_role_never_oversold',
        planned({ taken: 2 }),
        comes('confirmed'),
        comes('confirmed'),
      ],
    ],
  },
  shiftsHaveARole: {
    fine: [[planned()]],
    found: [[planned(), `DELETE FROM volunteering.shift_role WHERE shift_id = '${shift}'`]],
  },
  accountsOfSignUps: {
    fine: [
      [withAccount, comes('confirmed', { volunteer_id: volunteer, account_id: person })],
      [withoutAccount, comes('confirmed', { volunteer_id: volunteer })],
    ],
    found: [
      [withAccount, comes('confirmed', { volunteer_id: volunteer })],
      [withAccount, comes('confirmed', { volunteer_id: volunteer, account_id: newId() })],
      [withoutAccount, comes('confirmed', { volunteer_id: volunteer, account_id: person })],
    ],
  },
  hoursNeedAttendance: {
    fine: [
      [comes('attended', ATTENDED), served(60)],
      // Not a whole minute counts as one.
      [comes('attended', { ...ATTENDED, checked_out_at: at('02:00:01') }), served(61)],
      // What was too much is taken back.
      [comes('attended', ATTENDED), served(61, { id: entry }), corrected(-1, entry)],
      // Served without a sign-up.
      [served(90, { sign_up_id: null })],
    ],
    found: [
      [comes('attended', ATTENDED), served(61)],
      [comes('checked-out', ATTENDED), served(60)],
      [comes('attended', { ...ATTENDED, checked_out_at: null }), served(60)],
      [
        'ALTER TABLE volunteering.sign_up DROP CONSTRAINT sign_up_check_out_after_in',
        comes('attended', { ...ATTENDED, checked_in_at: null }),
        served(60),
      ],
      [comes('attended', ATTENDED), served(50, { id: entry }), corrected(11, entry)],
    ],
  },
  correctionsAddUp: {
    fine: [
      [served(60, { id: entry }), corrected(-60, entry)],
      [served(60, { id: entry }), corrected(-90, entry), corrected(40, entry)],
      [served(1, { id: entry }), corrected(1_439, entry)],
    ],
    found: [
      [served(60, { id: entry }), corrected(-61, entry)],
      [served(60, { id: entry }), corrected(-40, entry), corrected(-21, entry)],
      [served(2, { id: entry }), corrected(1_439, entry)],
      // A correction of a correction.
      [served(60, { id: entry }), corrected(-10, entry, { id: other }), corrected(5, other)],
    ],
  },
};

describeChecks('volunteering', checks, FORGERIES);

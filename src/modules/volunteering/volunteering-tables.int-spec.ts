import { newId } from '#libs/kernel';
import {
  ALL_RIGHTS,
  ONLY_ADDED,
  type TableWalls,
  describeTables,
} from '../../../test/support/table-walls.js';

const AT = '2026-11-23T01:00:00Z';
const id = () => newId();
const [volunteer, person, shift, role, entry] = [id(), id(), id(), id(), id()];
const long = (length: number) => '长'.repeat(length);
const between = (from: string, to: string) => `["2026-11-23T${from}Z","2026-11-23T${to}Z")`;
const HOLDING = ['confirmed', 'checked-in', 'checked-out', 'attended'];
/** Of another entry than that of the row below. */
const CORRECTION = { corrects_id: id(), correction_reason: '误记', minutes: -30 };

const TABLES: readonly TableWalls[] = [
  {
    table: 'volunteering.volunteer',
    rights: ALL_RIGHTS,
    row: {
      ...{ id: volunteer, account_id: person, birth_date: '1990-05-04', area_code: '999901001' },
      ...{ registered_by: person, registered_at: AT },
    },
    optional: ['account_id', 'unit_id', 'display_name', 'guardian_consent_at'],
    refuses: {
      volunteer_name_length: [
        { account_id: null, display_name: '' },
        { account_id: null, display_name: long(61) },
      ],
      volunteer_has_one_name: [{ account_id: null }, { display_name: '王阿姨' }],
      volunteer_birth_date: [{ birth_date: '1899-12-31' }, { birth_date: '2100-01-02' }],
      volunteer_skills_few: [{ skills: Array<string>(21).fill('x') }],
    },
    accepts: [
      // Without a login, registered by somebody else.
      { account_id: null, display_name: long(60), registered_by: 'worker' },
      { unit_id: id() },
      { birth_date: '1900-01-01', skills: Array<string>(20).fill('x') },
      { birth_date: '2100-01-01' },
    ],
    refusesBeside: {
      volunteer_number_once: [[{ volunteer_number: 'LQ1' }, { id: id(), account_id: id() }]],
      volunteer_one_per_account: [[{}, { id: id() }]],
    },
    // Numbers are given out by the table itself.
    acceptsBeside: [
      [{}, { id: id(), account_id: id() }],
      [
        { account_id: null, display_name: '王阿姨' },
        { id: id(), display_name: '王阿姨' },
      ],
    ],
    refers: {
      volunteer_account_known: {},
      volunteer_area_known: {},
      volunteer_unit_known: { unit_id: id() },
    },
  },
  {
    table: 'volunteering.shift',
    rights: ALL_RIGHTS,
    row: {
      id: shift,
      project_id: id(),
      organization_id: id(),
      area_code: '999901001',
      title: '陪伴阅读',
      place: '社区活动室',
      starts_at: '2026-11-23T01:00:00Z',
      ends_at: '2026-11-23T03:00:00Z',
      state: 'open',
      check_in_secret: Buffer.alloc(32),
      created_by: 'staff',
      created_at: AT,
    },
    optional: [],
    refuses: {
      shift_title_length: [{ title: '' }, { title: long(201) }],
      shift_place_length: [{ place: '' }, { place: long(301) }],
      shift_promotion_lead: [{ promotion_lead_minutes: -1 }, { promotion_lead_minutes: 10_081 }],
      shift_state_known: [{ state: 'lost' }],
      shift_times: [{ ends_at: '2026-11-23T01:00:00Z' }, { ends_at: '2026-11-24T01:00:01Z' }],
    },
    accepts: [
      { promotion_lead_minutes: 0 },
      { promotion_lead_minutes: 10_080 },
      { title: long(200), place: long(300) },
      { state: 'cancelled', ends_at: '2026-11-24T01:00:00Z' },
    ],
    refusesBeside: {},
    acceptsBeside: [[{}, { id: id() }]],
    refers: { shift_project_known: {}, shift_organization_known: {}, shift_area_known: {} },
  },
  {
    table: 'volunteering.shift_role',
    rights: ALL_RIGHTS,
    row: { id: role, shift_id: shift, max_people: 2 },
    optional: ['risk_text'],
    refuses: {
      shift_role_max_people: [{ max_people: 0 }, { max_people: 10_001 }],
      shift_role_min_people: [{ min_people: -1 }, { min_people: 3 }],
      shift_role_waiting_not_negative: [{ waiting: -1 }],
      shift_role_never_oversold: [{ taken: 3 }, { taken: -1 }],
      shift_role_risk_length: [{ risk_text: '' }, { risk_text: long(5_001) }],
      shift_role_danger_is_told: [{ dangerous: true }],
    },
    accepts: [
      { min_people: 2, taken: 2, waiting: 5 },
      { risk_text: long(5_000), dangerous: true, max_people: 10_000 },
      { max_people: 1, risk_text: '高' },
    ],
    refusesBeside: { shift_role_alone: [[{}, { id: id() }]] },
    acceptsBeside: [[{}, { id: id(), shift_id: id() }]],
    refers: { shift_role_shift_known: {} },
  },
  {
    table: 'volunteering.sign_up',
    rights: ALL_RIGHTS,
    row: {
      id: id(),
      role_id: role,
      shift_id: shift,
      volunteer_id: volunteer,
      account_id: person,
      state: 'confirmed',
      occupied: between('01:00', '03:00'),
      created_at: AT,
    },
    optional: [
      ...['account_id', 'position', 'risk_acknowledged_at', 'checked_in_at', 'checked_out_at', 'answer_by'],
      ...['attendance_entered_by', 'attendance_entered_at'],
    ],
    refuses: {
      sign_up_entered_by_another: [{ attendance_entered_by: person, attendance_entered_at: AT }],
      sign_up_entry_is_whole: [{ attendance_entered_by: 'staff' }, { attendance_entered_at: AT }],
      sign_up_state_known: [{ state: 'lost' }],
      sign_up_waiting_has_position: [{ state: 'waiting' }],
      sign_up_check_out_after_in: [
        { checked_in_at: '2026-11-23T02:00:00Z', checked_out_at: '2026-11-23T01:59:59Z' },
        { checked_out_at: '2026-11-23T02:00:00Z' },
      ],
    },
    accepts: [
      ...['cancelled', 'checked-in', 'checked-out', 'attended', 'no-show'].map((state) => ({ state })),
      { state: 'waiting', position: 1 },
      { attendance_entered_by: 'staff', attendance_entered_at: AT },
      { account_id: null, attendance_entered_by: 'staff', attendance_entered_at: AT },
      { checked_in_at: '2026-11-23T02:00:00Z' },
      { checked_in_at: '2026-11-23T02:00:00Z', checked_out_at: '2026-11-23T02:00:00Z' },
    ],
    refusesBeside: {
      sign_up_never_double_booked: HOLDING.flatMap((state) => [
        [{ state }, { id: id(), shift_id: id(), occupied: between('02:59', '04:00'), state: 'confirmed' }],
        [{}, { id: id(), shift_id: id(), occupied: between('00:00', '01:01'), state }],
      ]),
      sign_up_once_per_shift: [
        [{}, { id: id(), state: 'waiting', position: 1 }],
        [{ state: 'no-show' }, { id: id() }],
      ],
      sign_up_waiting_order: [
        [
          { state: 'waiting', position: 1 },
          { id: id(), volunteer_id: id() },
        ],
      ],
    },
    acceptsBeside: [
      // Back to back, somebody else's, given back, waiting and not come: none of these holds the time.
      [{}, { id: id(), shift_id: id(), occupied: between('03:00', '04:00') }],
      [{}, { id: id(), shift_id: id(), volunteer_id: id() }],
      [{ state: 'cancelled' }, { id: id(), state: 'confirmed' }],
      [{}, { id: id(), shift_id: id(), state: 'waiting', position: 1 }],
      [{ state: 'no-show' }, { id: id(), shift_id: id(), state: 'confirmed' }],
      [
        { state: 'waiting', position: 1 },
        { id: id(), volunteer_id: id(), position: 2 },
      ],
      [
        { state: 'waiting', position: 1 },
        { id: id(), volunteer_id: id(), role_id: id() },
      ],
    ],
    refers: { sign_up_role_of_shift: {}, sign_up_volunteer_known: {}, sign_up_account_of_volunteer: {} },
  },
  {
    table: 'volunteering.attendance_note',
    rights: ONLY_ADDED,
    row: {
      ...{ id: id(), sign_up_id: id(), act: 'record-no-show', reason: '未到场' },
      ...{ written_by: 'staff', written_at: AT },
    },
    optional: [],
    refuses: {
      attendance_note_act_known: [{ act: 'cancel' }],
      attendance_note_reason_length: [{ reason: '' }, { reason: long(1_001) }],
    },
    accepts: [{ act: 'reverse-no-show', reason: long(1_000) }, { act: 'enter-attendance' }],
    refusesBeside: {},
    acceptsBeside: [[{}, { id: id() }]],
    refers: { attendance_note_sign_up_known: {} },
  },
  {
    table: 'volunteering.hours_record',
    rights: ONLY_ADDED,
    row: {
      id: entry,
      sign_up_id: id(),
      volunteer_id: volunteer,
      account_id: person,
      shift_id: shift,
      project_id: id(),
      organization_id: id(),
      activity_title: '陪伴阅读',
      content: '陪伴阅读',
      responsible_person: 'organizer',
      served_on: '2026-11-23',
      place: '社区活动室',
      minutes: 90,
      signals: '[{}, {}]',
      late: false,
      recorded_by: 'staff',
      recorded_at: AT,
    },
    optional: ['corrects_id', 'correction_reason', 'sign_up_id', 'account_id', 'shift_id', 'entered_by'],
    refuses: {
      hours_entered_and_confirmed_by_two: [{ entered_by: 'staff' }],
      hours_minutes: [
        ...[0, 1_441, -1].map((minutes) => ({ minutes })),
        ...[0, 1_441, -1_441].map((minutes) => ({ ...CORRECTION, minutes })),
      ],
      hours_corrects_another: [{ ...CORRECTION, corrects_id: entry }],
      hours_correction_has_reason: [{ correction_reason: '误记' }, { corrects_id: id() }],
      hours_correction_reason_length: [
        { ...CORRECTION, correction_reason: '' },
        { ...CORRECTION, correction_reason: long(1_001) },
      ],
      hours_sign_up_has_shift: [{ shift_id: null }],
      hours_two_signals: [{ signals: '[{}]' }, { signals: '[]' }],
      hours_not_by_oneself: [{ recorded_by: person }],
    },
    accepts: [
      { account_id: null },
      // Nobody signed up; and outside of any shift.
      { sign_up_id: null },
      { sign_up_id: null, shift_id: null },
      ...[-1_440, -1, 1, 1_440].map((minutes) => ({ ...CORRECTION, minutes })),
      { ...CORRECTION, correction_reason: long(1_000) },
      { minutes: 1, entered_by: 'another' },
      { minutes: 1_440, signals: '[{}, {}, {}]' },
    ],
    refusesBeside: { hours_recorded_once: [[{}, { id: id() }]] },
    acceptsBeside: [
      [{}, { id: id(), sign_up_id: id() }],
      [{}, { id: id(), ...CORRECTION }],
      [CORRECTION, { id: id() }],
      [{ sign_up_id: null }, { id: id() }],
    ],
    refers: {
      hours_correction_of_same_volunteer: CORRECTION,
      hours_record_sign_up_known: {},
      hours_record_volunteer_known: {},
      hours_record_account_of_volunteer: {},
      hours_record_shift_known: {},
      hours_record_project_known: {},
      hours_record_organization_known: {},
    },
  },
];

describeTables('volunteering', TABLES);

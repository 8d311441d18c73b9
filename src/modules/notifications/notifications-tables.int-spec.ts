import { newId } from '#libs/kernel';
import { ALL_RIGHTS, type TableWalls, describeTables } from '../../../test/support/table-walls.js';

const AT = '2026-11-23T01:00:00Z';
const id = () => newId();
const [event, person, message] = [id(), id(), id()];
const long = (length: number) => '长'.repeat(length);
const BEGUN = { sending_at: AT, attempts: 1 };

const TABLES: readonly TableWalls[] = [
  {
    table: 'notifications.message',
    rights: ALL_RIGHTS,
    row: {
      id: message,
      event_id: event,
      account_id: person,
      event_type: 'volunteering.sign-up-confirmed.v1',
      about_type: 'shift',
      about_id: id(),
      subject_zh: '报名成功',
      body_zh: '时间',
      subject_en: 'You have a place',
      body_en: 'Time',
      created_at: AT,
    },
    optional: ['read_at'],
    refuses: {
      message_event_type_form: [
        { event_type: 'volunteering.sign-up-confirmed' },
        { event_type: 'Sign.up.v1' },
      ],
      message_about_type_form: [{ about_type: '' }, { about_type: 'x'.repeat(41) }, { about_type: 'Shift' }],
      message_about_id_length: [{ about_id: '' }, { about_id: 'x'.repeat(65) }],
      message_subject_zh_length: [{ subject_zh: '' }, { subject_zh: long(201) }],
      message_body_zh_length: [{ body_zh: '' }, { body_zh: long(2_001) }],
      message_subject_en_length: [{ subject_en: '' }, { subject_en: 'x'.repeat(301) }],
      message_body_en_length: [{ body_en: '' }, { body_en: 'x'.repeat(3_001) }],
    },
    accepts: [
      { about_type: 'x'.repeat(40), about_id: 'x'.repeat(64), subject_zh: long(200), body_zh: long(2_000) },
      { subject_en: 'x'.repeat(300), body_en: 'x'.repeat(3_000) },
    ],
    refusesBeside: { message_once: [[{}, { id: id(), subject_zh: '另一种说法' }]] },
    acceptsBeside: [
      [{}, { id: id(), event_id: id() }],
      [{}, { id: id(), account_id: id() }],
    ],
    refers: { message_to_account: {} },
  },
  {
    table: 'notifications.delivery',
    rights: ALL_RIGHTS,
    row: {
      id: id(),
      message_id: message,
      channel: 'email',
      state: 'queued',
      reference: '<1@example.org>',
      queued_at: AT,
    },
    optional: ['sending_at', 'settled_at', 'last_error'],
    refuses: {
      delivery_channel_known: [{ channel: 'pigeon' }],
      delivery_state_known: [{ state: 'lost', settled_at: AT }],
      // Whoever is below zero is below what went before, too.
      delivery_attempts_not_negative: [],
      delivery_attempts_before_within: [{ attempts: 1, attempts_before: 2 }, { attempts_before: -1 }],
      delivery_email_reference_form: [
        { reference: '1@example.org' },
        { reference: '<1@example.org>\r\nBcc: <2@example.org>' },
        { reference: '<1 2@example.org>' },
        { reference: '<@example.org>' },
      ],
      delivery_last_error_form: [
        { last_error: '' },
        { last_error: '550 no such user' },
        { last_error: 'x'.repeat(61) },
      ],
      delivery_begun_has_time: [
        { state: 'sending', attempts: 1 },
        { state: 'sending', sending_at: AT },
        { state: 'sent', settled_at: AT, attempts: 1 },
        { state: 'uncertain', settled_at: AT, sending_at: AT },
      ],
      delivery_settled_has_time: [
        { settled_at: AT },
        { ...BEGUN, state: 'sending', settled_at: AT },
        { ...BEGUN, state: 'sent' },
        { ...BEGUN, state: 'uncertain' },
        { state: 'failed' },
        { state: 'dismissed' },
        { state: 'switched-off' },
      ],
    },
    accepts: [
      { ...BEGUN, state: 'sending', attempts_before: 1 },
      ...['sent', 'uncertain', 'failed', 'dismissed'].map((state) => ({ ...BEGUN, state, settled_at: AT })),
      { state: 'switched-off', settled_at: AT, last_error: 'x'.repeat(60) },
    ],
    refusesBeside: {
      delivery_one_per_channel: [[{}, { id: id(), reference: '<2@example.org>' }]],
      delivery_reference_once: [[{}, { id: id(), message_id: id() }]],
    },
    acceptsBeside: [[{}, { id: id(), message_id: id(), reference: '<2@example.org>' }]],
    refers: { delivery_of_message: {} },
  },
  {
    table: 'notifications.preference',
    rights: ALL_RIGHTS,
    row: { account_id: person, updated_at: AT },
    optional: [],
    refuses: { preference_followed_areas_few: [{ followed_areas: Array<string>(21).fill('99') }] },
    accepts: [{ followed_areas: Array<string>(20).fill('99') }],
    refusesBeside: {},
    acceptsBeside: [[{}, { account_id: id() }]],
    refers: { preference_of_account: {} },
  },
];

describeTables('notifications', TABLES);

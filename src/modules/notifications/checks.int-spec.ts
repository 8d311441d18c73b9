import { newId } from '#libs/kernel';
import { checksOf, describeChecks, type Forgeries } from '../../../test/support/forged-data.js';
import './notifications.check.js';

const checks = checksOf('notifications');
const email = newId();
const written = (state: string, more: object = {}) => ({
  'notifications.delivery': {
    ...{
      id: email,
      message_id: newId(),
      channel: 'email',
      state,
      reference: '<1@example.org>',
      queued_at: '2026-11-23',
    },
    ...more,
  },
});
const task = (state: string, more: object = {}) => ({
  'platform.task': {
    ...{ id: newId(), handler: 'notifications.send-email', key: 'key', queue: 'notifications' },
    ...{
      payload: JSON.stringify({ emailId: email }),
      actor_id: 'system',
      run_at: '2026-11-23',
      created_at: '2026-11-23',
      state,
      ...more,
    },
  },
});
const begun = (hoursAgo: number) => [
  written('sending', { attempts: 1, sending_at: '2026-11-23' }),
  `UPDATE notifications.delivery SET sending_at = now() - interval '${hoursAgo} hours'`,
];

const FORGERIES: Forgeries<typeof checks> = {
  'notifications.queued-emails-have-a-task': {
    fine: [
      ...['waiting', 'queued', 'dead'].map((state) => [written('queued'), task(state)]),
      [written('failed', { settled_at: '2026-11-23' })],
    ],
    found: [
      [written('queued')],
      ...['done', 'cancelled'].map((state) => [written('queued'), task(state)]),
      [written('queued'), task('waiting', { handler: 'notifications.tell-people-concerned' })],
      [written('queued'), task('waiting', { payload: JSON.stringify({ emailId: newId() }) })],
    ],
  },
  'notifications.sending-ends-soon': {
    fine: [begun(23), [written('queued')]],
    found: [begun(25)],
  },
};

describeChecks('notifications', checks, FORGERIES);

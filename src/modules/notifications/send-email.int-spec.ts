import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, AppConfig, Register, Timers } from '#platform';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { givenRunningProject, givenVolunteers } from '../../../test/support/given-shift.js';
import { ResolveEmail } from './resolve-email.js';
import { UnresolvedEmailReads } from './unresolved-emails.read.js';
import type { DeliveryState } from './delivery.state.js';
import { Mailer } from './mailer.js';
import type { SmtpOutcome } from './smtp-outcome.js';
import { SEND_EMAIL } from './notification-names.js';
import { SendEmail } from './send-email.job.js';

const NOW = '2026-11-23T01:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1_000);

let test: TestApp;
beforeAll(async () => {
  // Nobody listens there: what a server would answer is said by the test.
  test = await startTestApp({ now: NOW, env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
  await givenRunningProject(test);
});
afterAll(() => test.stop());
beforeEach(() => test.clock?.set(NOW));

/** A dialogue that ends like this, after something has happened meanwhile. */
class Dialogue extends Mailer {
  readonly sent: string[] = [];

  constructor(
    private readonly outcome: SmtpOutcome,
    private readonly meanwhile: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    super(test.get(AppConfig));
  }

  override async send({ to }: { to: string }): Promise<SmtpOutcome> {
    this.sent.push(to);
    await this.meanwhile();
    return this.outcome;
  }
}

class NoServer extends Dialogue {
  override get isOn() {
    return false;
  }
}

interface Row {
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly attempts_before?: number;
}

/** An e-mail to somebody, in this state. */
async function givenEmail(
  { state, attempts, attempts_before = 0 }: Row,
  address: string | null = 'reader@example.org',
) {
  const [accountId = ''] = await givenVolunteers(test, 1);
  const [messageId, emailId] = [newId(), newId()];
  await test.sql('UPDATE identity.account SET email = $2 WHERE id = $1', [accountId, address]);
  await test.sql(
    `INSERT INTO notifications.message (id, event_id, account_id, event_type, about_type, about_id, subject_zh, body_zh,
       subject_en, body_en, created_at)
     VALUES ($1, $2, $3, 'identity.account-created.v1', 'account', 'x', 'zh', 'zh', 'en', 'en', $4)`,
    [messageId, newId(), accountId, NOW],
  );
  const isOpen = state === 'queued' || state === 'sending';
  await test.sql(
    `INSERT INTO notifications.delivery (id, message_id, channel, state, attempts, attempts_before, reference, queued_at,
       sending_at, settled_at) VALUES ($1, $2, 'email', $3, $4, $5, $6, $7, $7, $8)`,
    [
      emailId,
      messageId,
      state,
      attempts,
      attempts_before,
      `<${emailId}@example.org>`,
      NOW,
      isOpen ? null : NOW,
    ],
  );
  return { emailId, accountId };
}
const send = async (emailId: string, mailer: Mailer) => {
  const job = new SendEmail(
    test.uow,
    test.get(Register),
    test.get(Access),
    test.get(IdentityApi),
    mailer,
    test.get(Timers),
    test.get(AppConfig),
  );
  await test.asSystem(() => job.run({ emailId }));
};
const emailOf = async (emailId: string) => {
  const [row] = await test.sql<Row & { last_error: string | null; settled_at: Date | null }>(
    'SELECT state, attempts, attempts_before, last_error, settled_at FROM notifications.delivery WHERE id = $1',
    [emailId],
  );
  return row;
};
const timersOf = async (emailId: string) => {
  const rows = await test.sql<{ run_at: Date }>(
    "SELECT run_at FROM platform.task WHERE handler = $1 AND payload->>'emailId' = $2 ORDER BY run_at",
    [SEND_EMAIL, emailId],
  );
  return rows.map(({ run_at }) => run_at);
};
const set = (emailId: string, assignments: string) =>
  test.sql(`UPDATE notifications.delivery SET ${assignments} WHERE id = $1`, [emailId]);
const resolve = (emailId: string, decision: 'resend' | 'dismiss') =>
  test.as({ memberships: [{ role: 'platform-operator' as const, areaCode: '99' }] }, () =>
    test.get(ResolveEmail).execute(emailId, decision),
  );

describe('an attempt to send', () => {
  it('is written down before the dialogue and with its end', async () => {
    const { emailId } = await givenEmail({ state: 'queued', attempts: 0 });
    const dialogue = new Dialogue({ kind: 'sent' }, async () => {
      expect(await emailOf(emailId)).toMatchObject({ state: 'sending', attempts: 1, settled_at: null });
      test.clock?.advance(1_000);
    });
    await send(emailId, dialogue);
    expect(dialogue.sent).toEqual(['reader@example.org']);
    expect(await emailOf(emailId)).toMatchObject({ state: 'sent', attempts: 1, settled_at: later(1) });
    expect(await timersOf(emailId)).toEqual([]);
  });

  it.each(['sent', 'failed', 'uncertain', 'dismissed', 'switched-off'] as const)(
    'does not begin for an e-mail that is %s',
    async (state) => {
      const { emailId } = await givenEmail({ state, attempts: 1 });
      const dialogue = new Dialogue({ kind: 'sent' });
      await send(emailId, dialogue);
      await send(newId(), dialogue);
      expect(dialogue.sent).toEqual([]);
      expect(await emailOf(emailId)).toMatchObject({ state, attempts: 1 });
    },
  );

  it('that somebody was cut off from is uncertain, and is not repeated', async () => {
    const { emailId } = await givenEmail({ state: 'sending', attempts: 2 });
    const dialogue = new Dialogue({ kind: 'sent' });
    await send(emailId, dialogue);
    expect(dialogue.sent).toEqual([]);
    expect(await emailOf(emailId)).toMatchObject({ state: 'uncertain', attempts: 2, last_error: 'cut-off' });
  });

  it('does not begin where there is no address, no account or no server any more', async () => {
    const dialogue = new Dialogue({ kind: 'sent' });
    const { emailId: nowhere } = await givenEmail({ state: 'queued', attempts: 0 }, null);
    await send(nowhere, dialogue);
    expect(await emailOf(nowhere)).toMatchObject({ state: 'failed', attempts: 0, last_error: 'no-address' });
    const { emailId: gone, accountId } = await givenEmail({ state: 'queued', attempts: 0 });
    await test.sql("UPDATE identity.account SET status = 'closed' WHERE id = $1", [accountId]);
    await send(gone, dialogue);
    expect(await emailOf(gone)).toMatchObject({ state: 'failed', last_error: 'no-address' });
    const { emailId: off } = await givenEmail({ state: 'queued', attempts: 0 });
    await send(off, new NoServer({ kind: 'sent' }));
    expect(await emailOf(off)).toMatchObject({ state: 'switched-off', attempts: 0, last_error: null });
    expect(dialogue.sent).toEqual([]);
  });

  it.each([
    [{ kind: 'refused', code: 'eenvelope-550' }, 'failed'],
    [{ kind: 'uncertain', code: 'etimedout' }, 'uncertain'],
  ] as const)('that ends as %o leaves the e-mail %s', async (outcome, state) => {
    const { emailId } = await givenEmail({ state: 'queued', attempts: 3 });
    await send(emailId, new Dialogue(outcome));
    expect(await emailOf(emailId)).toMatchObject({ state, attempts: 4, last_error: outcome.code });
    expect(await timersOf(emailId)).toEqual([]);
  });

  it('that is turned away is repeated after the wait of its number, the eighth is the last', async () => {
    const deferred = new Dialogue({ kind: 'deferred', code: 'eenvelope-451' });
    for (const [attempts, wait] of [
      [0, 5],
      [1, 30],
      [6, 21_600],
    ] as const) {
      const { emailId } = await givenEmail({ state: 'queued', attempts });
      await send(emailId, deferred);
      expect(await emailOf(emailId)).toMatchObject({
        state: 'queued',
        attempts: attempts + 1,
        last_error: 'eenvelope-451',
      });
      expect(await timersOf(emailId)).toEqual([later(wait)]);
    }
    const { emailId } = await givenEmail({ state: 'queued', attempts: 7 });
    await send(emailId, deferred);
    expect(await emailOf(emailId)).toMatchObject({
      state: 'failed',
      attempts: 8,
      last_error: 'eenvelope-451',
    });
    expect(await timersOf(emailId)).toEqual([]);
  });
});

describe('an answer that comes late', () => {
  const lost = "state = 'uncertain', settled_at = now()";

  it('settles an attempt that was given up for lost, and one that the operator sends again', async () => {
    for (const [meanwhile, outcome, state] of [
      [lost, { kind: 'sent' }, 'sent'],
      [lost, { kind: 'refused', code: 'emessage-554' }, 'failed'],
      ["state = 'queued', attempts_before = 1", { kind: 'sent' }, 'sent'],
    ] as const) {
      const { emailId } = await givenEmail({ state: 'queued', attempts: 0 });
      await send(emailId, new Dialogue(outcome, () => set(emailId, meanwhile)));
      expect(await emailOf(emailId)).toMatchObject({ state, attempts: 1 });
    }
  });

  it('changes nothing once another attempt has begun, or somebody has let it rest', async () => {
    for (const [meanwhile, state, attempts] of [
      ['attempts = 2', 'sending', 2],
      ["state = 'dismissed', settled_at = now()", 'dismissed', 1],
    ] as const) {
      for (const outcome of [
        { kind: 'sent' },
        { kind: 'refused', code: 'emessage-554' },
        { kind: 'uncertain', code: 'etimedout' },
        { kind: 'deferred', code: 'eenvelope-451' },
      ] as const) {
        const { emailId } = await givenEmail({ state: 'queued', attempts: 0 });
        await send(emailId, new Dialogue(outcome, () => set(emailId, meanwhile)));
        expect(await emailOf(emailId)).toMatchObject({ state, attempts, last_error: null });
        expect(await timersOf(emailId)).toEqual([]);
      }
    }
  });

  it('that turns away what was given up for lost sends nothing again', async () => {
    const { emailId } = await givenEmail({ state: 'queued', attempts: 0 });
    const dialogue = new Dialogue({ kind: 'deferred', code: 'eenvelope-451' }, () => set(emailId, lost));
    await send(emailId, dialogue);
    expect(await emailOf(emailId)).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(await timersOf(emailId)).toEqual([]);
  });
});

describe('what the operator decides', () => {
  it('grants eight attempts again, from now on', async () => {
    const { emailId } = await givenEmail({ state: 'failed', attempts: 8 });
    await resolve(emailId, 'resend');
    expect(await emailOf(emailId)).toMatchObject({
      state: 'queued',
      attempts: 8,
      attempts_before: 8,
      settled_at: null,
    });
    expect(await timersOf(emailId)).toEqual([new Date(NOW)]);
    await send(emailId, new Dialogue({ kind: 'deferred', code: 'eenvelope-451' }));
    expect(await emailOf(emailId)).toMatchObject({ state: 'queued', attempts: 9 });
    expect(await timersOf(emailId)).toEqual([new Date(NOW), later(5)]);
  });

  it('is about what failed or is uncertain, and about nothing else', async () => {
    for (const decision of ['resend', 'dismiss'] as const) {
      for (const state of ['queued', 'sending', 'sent', 'dismissed', 'switched-off'] as const) {
        const { emailId } = await givenEmail({ state, attempts: 1 });
        await expect(resolve(emailId, decision)).rejects.toMatchObject({ code: 'state.wrong-state' });
      }
      await expect(resolve(newId(), decision)).rejects.toMatchObject({ code: 'platform.not-found' });
    }
    const { emailId } = await givenEmail({ state: 'uncertain', attempts: 1 });
    await resolve(emailId, 'dismiss');
    expect(await emailOf(emailId)).toMatchObject({ state: 'dismissed', settled_at: new Date(NOW) });
    expect(await timersOf(emailId)).toEqual([]);
  });

  it('is asked of the newest first, page by page, of each kind alone', async () => {
    const of = (state: 'uncertain' | 'failed') => givenEmail({ state, attempts: 1 });
    const [older, failed, newer] = [await of('uncertain'), await of('failed'), await of('uncertain')];
    const ours = [older, failed, newer].map(({ emailId }) => emailId);
    const list = async (state: 'uncertain' | 'failed') => {
      const { items } = await test.get(UnresolvedEmailReads).list({ limit: 200, state });
      return items.map(({ id }) => id).filter((id) => ours.includes(id));
    };
    expect(await list('uncertain')).toEqual([newer.emailId, older.emailId]);
    expect(await list('failed')).toEqual([failed.emailId]);
    const first = await test.get(UnresolvedEmailReads).list({ limit: 1, state: 'uncertain' });
    const cursor = first.nextCursor ?? undefined;
    const second = await test.get(UnresolvedEmailReads).list({ limit: 1, state: 'uncertain', cursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([newer.emailId, older.emailId]);
  });
});

describe('without a mail server', () => {
  it('nothing is sent again, and everything can be let rest', async () => {
    const off = new ResolveEmail(test.get(Register), test.get(Timers), new NoServer({ kind: 'sent' }));
    const { emailId } = await givenEmail({ state: 'failed', attempts: 1 });
    const decide = (decision: 'resend' | 'dismiss') => test.asSystem(() => off.execute(emailId, decision));
    await expect(decide('resend')).rejects.toMatchObject({ code: 'notifications.email-is-off' });
    await decide('dismiss');
    expect(await emailOf(emailId)).toMatchObject({ state: 'dismissed' });
  });
});

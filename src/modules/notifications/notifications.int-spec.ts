import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventType, newId } from '#libs/kernel';
import { IdentityApi, SeedDemoAreas } from '#modules/identity';
import { groupFiled } from '#modules/organizations';
import { intentionPublished } from '#modules/procurement';
import { shiftCancelled, signUpConfirmed } from '#modules/volunteering';
import { Outbox } from '#platform';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import {
  type GivenProject,
  givenRunningProject,
  givenVolunteers,
} from '../../../test/support/given-shift.js';
import { type MailServer, readEmail, startMailServer } from '../../../test/support/mail-server.js';
import { auditOf } from '../../../test/support/trail.js';
import { DataChecks } from '../../platform/checks/data-check.js';
import { MarkMessageRead } from './mark-message-read.js';
import { MessageReads } from './messages.read.js';
import { PreferenceReads } from './preferences.read.js';
import { SavePreference } from './save-preference.js';
import { ResolveEmail } from './resolve-email.js';
import { UnresolvedEmailReads } from './unresolved-emails.read.js';

const NOW = '2026-11-23T01:00:00Z';

describe('notifications', () => {
  let mail: MailServer;
  let test: TestApp;
  let project: GivenProject;
  let serial = 0;

  beforeAll(async () => {
    mail = await startMailServer();
    test = await startTestApp({ now: NOW, env: { SMTP_URL: mail.url, TASK_LEASE_MS: '4000' } });
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
    project = await givenRunningProject(test);
    await test.settle();
  });
  afterAll(async () => {
    const results = await test.get(DataChecks).runAll();
    await test.stop();
    await mail.stop();
    expect(
      results.filter(({ name, offending }) => name.startsWith('notifications.') && offending.length > 0),
    ).toEqual([]);
  });
  beforeEach(() => test.clock?.set(NOW));

  const address = (kind: string) => `${kind}${(serial += 1)}@example.org`;
  /** A volunteer with this address; nothing is told about the registration itself. */
  const volunteer = async (email: string | null, locale: 'zh-CN' | 'en' = 'zh-CN') => {
    const [id = ''] = await givenVolunteers(test, 1);
    await test.sql('UPDATE identity.account SET email = $2, locale = $3 WHERE id = $1', [id, email, locale]);
    return id;
  };
  const shift = async () => {
    const id = newId();
    await test.sql(
      `INSERT INTO volunteering.shift (id, project_id, organization_id, area_code, title, place, starts_at, ends_at,
         state, check_in_secret, created_by, created_at)
       VALUES ($1, $2, $3, '999901001', '陪伴阅读', '社区活动室', '2026-11-25T01:00Z', '2026-11-25T03:00Z',
         'open', '\\x00', 'test', now())`,
      [id, project.projectId, project.organizationId],
    );
    await test.sql(
      'INSERT INTO volunteering.shift_role (id, shift_id, max_people) VALUES (gen_random_uuid(), $1, 10)',
      [id],
    );
    return id;
  };
  const happens = async <P extends object>(event: EventType<P>, payload: P) => {
    await test.asSystem(() => test.uow.run(() => test.get(Outbox).append(event, payload)));
    await test.settle();
  };
  const confirm = async (accountId: string) =>
    happens(signUpConfirmed, { shiftId: await shift(), signUpId: newId(), accountId });
  const inbox = (accountId: string, filter: { limit?: number; cursor?: string; unread?: boolean } = {}) =>
    test.as({ accountId }, () => test.get(MessageReads).list({ limit: 50, ...filter }));
  const emailOf = async (accountId: string) => {
    const rows = await test.sql<{ id: string; state: string; attempts: number; last_error: string | null }>(
      `SELECT e.id, e.state, e.attempts, e.last_error FROM notifications.delivery e
       JOIN notifications.message m ON m.id = e.message_id WHERE m.account_id = $1`,
      [accountId],
    );
    expect(rows.length).toBeLessThan(2);
    return rows[0];
  };
  const later = async (ms: number) => {
    test.clock?.advance(ms);
    await test.settle();
  };

  it('puts one message into the inbox of the person concerned and sends one e-mail, Chinese first', async () => {
    const to = address('reader');
    const accountId = await volunteer(to);
    await confirm(accountId);
    await test.settle();
    const { items } = await inbox(accountId);
    expect(items).toMatchObject([
      {
        eventType: 'volunteering.sign-up-confirmed.v1',
        aboutType: 'shift',
        subjectZh: '报名成功：陪伴阅读',
        subjectEn: 'You have a place: 陪伴阅读',
        readAt: null,
      },
    ]);
    expect(items[0]?.bodyZh).toContain('2026-11-25 09:00–11:00（北京时间）');
    const [received, ...more] = mail.receivedBy(to);
    expect(more).toEqual([]);
    const { subject, text } = readEmail(received?.raw ?? '');
    expect(subject).toBe('【邻桥】报名成功：陪伴阅读 | You have a place: 陪伴阅读');
    expect(text.indexOf('地点：社区活动室')).toBeLessThan(text.indexOf('Place: 社区活动室'));
    const email = await emailOf(accountId);
    expect(email).toMatchObject({ state: 'sent', attempts: 1, last_error: null });
    expect(received?.messageId).toBe(`<${email?.id ?? ''}@linqiao.invalid>`);
    expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
  });

  it('writes to readers of English in English first', async () => {
    const to = address('english');
    await confirm(await volunteer(to, 'en'));
    const { subject, text } = readEmail(mail.receivedBy(to)[0]?.raw ?? '');
    expect(subject).toBe('[Linqiao] You have a place: 陪伴阅读 | 报名成功：陪伴阅读');
    expect(text.indexOf('Place: 社区活动室')).toBeLessThan(text.indexOf('地点：社区活动室'));
  });

  it('tells everybody on the list of a cancelled shift, each once, however they are reached', async () => {
    const shiftId = await shift();
    const to = address('reader');
    const people = [await volunteer(to), await volunteer(null)];
    const closed = await volunteer(address('closed'));
    await test.sql("UPDATE identity.account SET status = 'closed' WHERE id = $1", [closed]);
    for (const id of [...people, closed]) {
      await test.sql(
        `INSERT INTO volunteering.sign_up (id, role_id, shift_id, volunteer_id, account_id, state, occupied, created_at)
         SELECT $1, r.id, r.shift_id, v.id, v.account_id, 'cancelled', 'empty', now()
         FROM volunteering.shift_role r, volunteering.volunteer v WHERE r.shift_id = $2 AND v.account_id = $3`,
        [newId(), shiftId, id],
      );
    }
    await happens(shiftCancelled, { shiftId });
    for (const id of people) {
      expect((await inbox(id)).items.map(({ subjectZh }) => subjectZh)).toEqual(['班次取消：陪伴阅读']);
    }
    expect(mail.receivedBy(to)).toHaveLength(1);
    expect(await emailOf(people[1] ?? '')).toBeUndefined();
    expect((await inbox(closed)).items).toEqual([]);
  });

  it('welcomes a new account and tells of a role in an area', async () => {
    const to = address('new');
    const accountId = await test.asSystem(() =>
      test.get(IdentityApi).createAccount({
        login: `told-${serial}`,
        displayName: '新人',
        password: 'a bridge of stones 7',
        email: to,
        locale: 'en',
      }),
    );
    await test.asSystem(() =>
      test.get(IdentityApi).grantRole({ accountId, role: 'finance', areaCode: '999901' }),
    );
    await test.settle();
    expect((await inbox(accountId)).items.map(({ subjectEn }) => subjectEn)).toEqual([
      'You have a new role: Finance officer',
      'Welcome to Linqiao',
    ]);
    expect(mail.receivedBy(to)).toHaveLength(2);
  });

  describe('the dialogue with the mail server', () => {
    it('is repeated after a refusal for now, under the same Message-ID', async () => {
      for (const kind of ['busy', 'full']) {
        const to = address(kind);
        const accountId = await volunteer(to);
        await confirm(accountId);
        expect(await emailOf(accountId)).toMatchObject({ state: 'queued', attempts: 1 });
        await later(6_000);
        expect(await emailOf(accountId)).toMatchObject({ state: 'sent', attempts: 2 });
        expect(mail.receivedBy(to)).toHaveLength(1);
        expect(new Set(mail.readBy(to).map(({ messageId }) => messageId)).size).toBe(1);
      }
    });

    it('ends after eight attempts, and is offered to the operator', async () => {
      const accountId = await volunteer(address('always-busy'));
      await confirm(accountId);
      for (let hours = 0; hours < 13; hours += 0.5) await later(1_800_000);
      const email = await emailOf(accountId);
      expect(email).toMatchObject({ state: 'failed', attempts: 8, last_error: 'eenvelope-451' });
      const { items } = await test.get(UnresolvedEmailReads).list({ limit: 50, state: 'failed' });
      expect(items.map(({ id }) => id)).toContain(email?.id);
    });

    it.each([
      ['unknown', 'eenvelope-550'],
      ['spam', 'emessage-554'],
    ])('is over when the server refuses for good (%s)', async (kind, code) => {
      const accountId = await volunteer(address(kind));
      await confirm(accountId);
      expect(await emailOf(accountId)).toMatchObject({ state: 'failed', attempts: 1, last_error: code });
      expect((await inbox(accountId)).items).toHaveLength(1);
    });

    it.each([['lost'], ['silent']])(
      'is uncertain when the text was given and no answer came (%s): never repeated by itself',
      async (kind) => {
        const to = address(kind);
        const accountId = await volunteer(to);
        await confirm(accountId);
        const email = await emailOf(accountId);
        expect(email).toMatchObject({ state: 'uncertain', attempts: 1 });
        await later(24 * 3_600_000);
        expect(mail.readBy(to)).toHaveLength(1);
        const { items } = await test.get(UnresolvedEmailReads).list({ limit: 50, state: 'uncertain' });
        expect(items.map(({ id }) => id)).toContain(email?.id);
        expect((await inbox(accountId)).items).toHaveLength(1);
      },
    );

    it('begins again only when the operator says so, and rests when they say that', async () => {
      const to = address('lost');
      const accountId = await volunteer(to);
      await confirm(accountId);
      const id = (await emailOf(accountId))?.id ?? '';
      await test.sql('UPDATE identity.account SET email = $2 WHERE id = $1', [accountId, address('mended')]);
      const operator = { memberships: [{ role: 'platform-operator' as const, areaCode: '99' }] };
      await test.as(operator, () => test.get(ResolveEmail).execute(id, 'resend'));
      await test.settle();
      expect(await emailOf(accountId)).toMatchObject({ state: 'sent', attempts: 2 });
      const dismissed = await volunteer(address('unknown'));
      await confirm(dismissed);
      const other = (await emailOf(dismissed))?.id ?? '';
      await test.as(operator, () => test.get(ResolveEmail).execute(other, 'dismiss'));
      expect(await emailOf(dismissed)).toMatchObject({ state: 'dismissed' });
      await expect(
        test.as(operator, () => test.get(ResolveEmail).execute(other, 'resend')),
      ).rejects.toMatchObject({ code: 'state.wrong-state' });
      const trail = await test.sql<{ action: string }>(
        `SELECT action FROM platform.audit_entry
         WHERE object_type = 'delivery' AND actor_id NOT LIKE 'system:%' ORDER BY at, id`,
      );
      expect(trail.map(({ action }) => action)).toEqual(['notifications.resend', 'notifications.dismiss']);
      const of = async (emailId: string) =>
        (await auditOf(test, 'delivery', emailId)).map(({ action }) => action.replace('notifications.', ''));
      expect(await of(id)).toEqual(['write', 'begin', 'lose', 'resend', 'begin', 'deliver']);
      expect(await of(other)).toEqual(['write', 'begin', 'fail', 'dismiss']);
    });

    it('does not begin for a person who has no address any more', async () => {
      const accountId = await volunteer(address('busy'));
      await confirm(accountId);
      await test.sql('UPDATE identity.account SET email = NULL WHERE id = $1', [accountId]);
      await later(6_000);
      expect(await emailOf(accountId)).toMatchObject({ state: 'failed', last_error: 'no-address' });
    });
  });

  it('keeps names, addresses and words out of tasks and audit', async () => {
    const rows = await test.sql<{ text: string }>(
      `SELECT payload::text || coalesce(last_error, '') AS text FROM platform.task WHERE handler LIKE 'notifications.%'
       UNION ALL SELECT concat(before, after) FROM platform.audit_entry WHERE action LIKE 'notifications.%'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ text }) => /@|陪伴|测试/.test(text))).toEqual([]);
  });

  it('pages the inbox, counts what is unread, and lets nobody touch another person’s', async () => {
    const [me, other] = [await volunteer(null), await volunteer(null)];
    for (let i = 0; i < 3; i += 1) await confirm(me);
    const all = (await inbox(me)).items;
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const first = await inbox(me, { limit: 2 });
    const second = await inbox(me, { limit: 2, cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect([ids.length, new Set(ids).size, second.nextCursor]).toEqual([3, 3, null]);
    const id = ids[0] ?? '';
    const read = (accountId: string) => test.as({ accountId }, () => test.get(MarkMessageRead).execute(id));
    await expect(read(other)).rejects.toMatchObject({ code: 'platform.not-found' });
    await read(me);
    test.clock?.advance(60_000);
    await read(me);
    expect((await inbox(me)).items[0]?.readAt).toBe(new Date(NOW).toISOString());
    expect((await inbox(me, { unread: true })).items.map((row) => row.id)).toEqual(ids.slice(1));
    expect(await test.as({ accountId: me }, () => test.get(MessageReads).unreadCount())).toBe(2);
    expect((await inbox(other)).items).toEqual([]);
  });

  it('tells somebody in two audiences once, in the words for the first', async () => {
    const host = await givenRunningProject(test);
    const [accountId, other] = [await volunteer(null), await volunteer(null)];
    const join = (id: string, organizationId: string) =>
      test.asSystem(() =>
        test.get(IdentityApi).grantRole({ accountId: id, role: 'organization-staff', organizationId }),
      );
    await join(accountId, project.organizationId);
    await join(accountId, host.organizationId);
    await join(other, host.organizationId);
    await happens(groupFiled, {
      organizationId: project.organizationId,
      areaCode: '999901001',
      fiscalHostId: host.organizationId,
    });
    const subjects = async (id: string) => (await inbox(id)).items.map(({ subjectZh }) => subjectZh);
    expect(await subjects(accountId)).toEqual(['备案完成：测试互助小组']);
    expect(await subjects(other)).toEqual(['新的代管团队：测试互助小组']);
  });

  it('keeps the last preference of a person, writes each change down, and has one for everybody else', async () => {
    const accountId = await volunteer(null);
    const own = () => test.as({ accountId }, () => test.get(PreferenceReads).own());
    const save = (preference: { emailEnabled: boolean; followedAreas: string[] }) =>
      test.as({ accountId }, () => test.get(SavePreference).execute(preference));
    expect(await own()).toEqual({ emailEnabled: true, followedAreas: [] });
    await save({ emailEnabled: false, followedAreas: ['9999'] });
    const last = { emailEnabled: true, followedAreas: ['999901', '99'] };
    await save(last);
    expect(await own()).toEqual(last);
    const trail = await test.sql<{ after: object }>(
      "SELECT after FROM platform.audit_entry WHERE action = 'notifications.prefer' AND object_id = $1 ORDER BY at, id",
      [accountId],
    );
    expect(trail.map(({ after }) => after)).toEqual([{ emailEnabled: false, followedAreas: ['9999'] }, last]);
  });

  it('sends no e-mail to whom it is a burden, and news of purchases to followers of the area only', async () => {
    const [quiet, follower, stranger] = [address('quiet'), address('follower'), address('stranger')];
    const [a, b, c] = [await volunteer(quiet), await volunteer(follower), await volunteer(stranger)];
    const prefer = (accountId: string, emailEnabled: boolean, followedAreas: string[]) =>
      test.as({ accountId }, () => test.get(SavePreference).execute({ emailEnabled, followedAreas }));
    await prefer(a, false, ['999901']);
    await prefer(b, true, ['9999']);
    await prefer(c, true, []);
    await expect(prefer(c, true, ['999999'])).rejects.toMatchObject({ code: 'identity.area-unknown' });
    const planItemId = newId();
    await test.sql(
      `INSERT INTO procurement.plan_item (id, area_code, buyer_name, title, budget_fen, expected_month, state, created_by, created_at)
       VALUES ($1, '999901001', '虚构街道', '老年助餐', 100, '2027-01', 'draft', 'test', now())`,
      [planItemId],
    );
    await happens(intentionPublished, { planItemId, areaCode: '999901001' });
    const subjects = async (id: string) => (await inbox(id)).items.map(({ subjectZh }) => subjectZh);
    expect(await Promise.all([a, b, c].map(subjects))).toEqual([
      ['采购意向公开：老年助餐'],
      ['采购意向公开：老年助餐'],
      [],
    ]);
    expect([quiet, follower, stranger].map((to) => mail.receivedBy(to).length)).toEqual([0, 1, 0]);
    expect(await emailOf(a)).toBeUndefined();
  });
});

describe('notifications without a mail server', () => {
  it('record that e-mail is switched off; the inbox works, over HTTP too', async () => {
    const test = await startTestApp({ http: true });
    try {
      const accountId = await test.asSystem(() =>
        test.get(IdentityApi).createAccount({
          login: 'somebody',
          displayName: '某人',
          password: 'a bridge of stones 7',
          email: 'somebody@example.org',
        }),
      );
      await test.settle();
      const { items } = await test.as({ accountId }, () => test.get(MessageReads).list({ limit: 5 }));
      expect(items.map(({ subjectZh }) => subjectZh)).toEqual(['欢迎使用邻桥']);
      expect(await test.sql('SELECT state, attempts FROM notifications.delivery')).toEqual([
        { state: 'switched-off', attempts: 0 },
      ]);
      expect(
        await test.sql("SELECT 1 FROM platform.task WHERE handler = 'notifications.send-email'"),
      ).toEqual([]);
      const call = async (method: string, path: string, body?: object, token?: unknown) => {
        const answer = await fetch(`${test.baseUrl}/api/v1${path}`, {
          method,
          headers: {
            ...(body ? { 'content-type': 'application/json' } : {}),
            ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await answer.text();
        return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
      };
      const login = { login: 'somebody', password: 'a bridge of stones 7', deliver: 'bearer' };
      const { token } = (await call('POST', '/sessions', login)).body;
      expect((await call('GET', '/messages')).status).toBe(401);
      const listed = await call('GET', '/messages?unread=true&limit=1', undefined, token);
      expect(listed).toMatchObject({ status: 200, body: { items: [{ readAt: null }], nextCursor: null } });
      const id = items[0]?.id ?? '';
      expect((await call('POST', `/messages/${id}/read`, undefined, token)).status).toBe(204);
      expect((await call('GET', '/messages/unread-count', undefined, token)).body).toEqual({ unread: 0 });
      const preference = { emailEnabled: false, followedAreas: [] };
      expect((await call('PUT', '/notification-preferences', preference, token)).status).toBe(204);
      expect((await call('GET', '/notification-preferences', undefined, token)).body).toEqual(preference);
      expect((await call('GET', '/messages?unread=maybe', undefined, token)).status).toBe(400);
      expect((await call('GET', '/notifications/uncertain-emails', undefined, token)).status).toBe(403);
    } finally {
      await test.stop();
    }
  });
});

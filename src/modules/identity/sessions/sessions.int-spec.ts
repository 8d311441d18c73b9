import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Membership, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { auditOf } from '../../../../test/support/trail.js';
import { SeedDemoAreas } from '../areas/seed-demo-areas.js';
import { IdentityApi } from '../identity.api.js';
import { SessionReads } from './sessions.read.js';
import { OpenSession } from './open-session.js';
import { OwnAccountReads } from '../roles/own-account.read.js';
import { RevokeRole } from '../roles/revoke-role.js';
import { RevokeSession } from './revoke-session.js';
import { SessionLookup } from './session-lookup.js';

const DISTRICT = '999901';
const START = '2026-03-02T09:00:00+08:00';
const HOUR_MS = 3_600_000;

describe('a session', () => {
  let test: TestApp;
  let api: IdentityApi;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestApp({ now: START });
    api = test.get(IdentityApi);
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
  });
  afterAll(() => test.stop());
  beforeEach(() => test.clock?.set(START));

  const person = () => {
    serial += 1;
    return test.asSystem(() =>
      api.createAccount({
        login: `session-person-${serial}`,
        displayName: `人员${serial}`,
        password: 'a bridge of stones 7',
      }),
    );
  };
  const open = (accountId: string, userAgent?: string) =>
    test.as({ accountId }, () => test.get(OpenSession).execute({ accountId, userAgent }));
  const grant = (accountId: string, validity: { validFrom?: string; validTo?: string }) =>
    test.asSystem(() => api.grantRole({ accountId, role: 'auditor', areaCode: DISTRICT, ...validity }));
  const list = (accountId: string) => test.as({ accountId }, () => test.get(SessionReads).own());
  const auditor: Membership = { role: 'auditor', areaCode: DISTRICT };

  it('carries a role from its first day to the day it ends, by the calendar of China', async () => {
    const accountId = await person();
    await grant(accountId, { validFrom: '2026-03-03', validTo: '2026-03-05' });
    const rolesAt = async (instant: string) => {
      test.clock?.set(instant);
      // A session of that moment: none would last so long unused.
      const { token } = await open(accountId);
      return (await test.get(SessionLookup).find(token))?.actor.memberships;
    };
    expect(await rolesAt('2026-03-02T23:59:59+08:00')).toEqual([]);
    expect(await rolesAt('2026-03-03T00:00:00+08:00')).toEqual([auditor]);
    expect(await rolesAt('2026-03-04T23:59:59+08:00')).toEqual([auditor]);
    expect(await rolesAt('2026-03-05T00:00:00+08:00')).toEqual([]);
  });

  it('loses a role with the next request when it ends while the person is signed in', async () => {
    const accountId = await person();
    test.clock?.set('2026-03-04T23:00:00+08:00');
    await grant(accountId, { validTo: '2026-03-05' });
    const { token } = await open(accountId);
    const roles = async () => (await test.get(SessionLookup).find(token))?.actor.memberships;
    expect(await roles()).toEqual([auditor]);
    test.clock?.set('2026-03-05T00:00:00+08:00');
    expect(await roles()).toEqual([]);
  });

  it('loses a role with the next request when it is taken back', async () => {
    const accountId = await person();
    const membershipId = await grant(accountId, {});
    const { token } = await open(accountId);
    const roles = async () => (await test.get(SessionLookup).find(token))?.actor.memberships;
    expect(await roles()).toEqual([auditor]);
    await test.asSystem(() => test.get(RevokeRole).execute({ accountId, membershipId }));
    expect(await roles()).toEqual([]);
  });

  it('opens nothing once it is over, was ended or was not used for too long', async () => {
    const accountId = await person();
    const [unused, ended] = [await open(accountId), await open(accountId)];
    const found = async (token: string) => (await test.get(SessionLookup).find(token)) !== undefined;
    await test.as({ accountId }, () => test.get(RevokeSession).execute(ended.sessionId));
    expect([await found(unused.token), await found(ended.token)]).toEqual([true, false]);
    test.clock?.advance(12 * HOUR_MS - 1);
    // "Seen" is a mark that nobody waits for; here nobody has looked since it was opened.
    await test.sql('UPDATE identity.session SET last_seen_at = created_at WHERE id = $1', [unused.sessionId]);
    expect(await found(unused.token)).toBe(true);
    await test.sql('UPDATE identity.session SET last_seen_at = created_at WHERE id = $1', [unused.sessionId]);
    test.clock?.advance(1);
    expect(await found(unused.token)).toBe(false);

    test.clock?.set(START);
    const old = await open(accountId);
    await test.sql("UPDATE identity.session SET last_seen_at = '2030-01-01' WHERE id = $1", [old.sessionId]);
    test.clock?.set(new Date(old.expiresAt.getTime() - 1));
    expect(await found(old.token)).toBe(true);
    test.clock?.set(old.expiresAt);
    expect(await found(old.token)).toBe(false);
  });

  it('is listed while it opens the door, the newest first', async () => {
    const accountId = await person();
    const opened: string[] = [];
    for (let minutes = 0; minutes < 3; minutes += 1) {
      opened.unshift((await open(accountId)).sessionId);
      test.clock?.advance(60_000);
    }
    const others = [await open(accountId), await open(accountId), await open(accountId)] as const;
    const [ended, expired, unused] = others.map(({ sessionId }) => sessionId);
    await test.as({ accountId }, () => test.get(RevokeSession).execute(ended ?? ''));
    const now = test.clock?.now();
    await test.sql(
      "UPDATE identity.session SET created_at = $2::timestamptz - interval '1 day', expires_at = $2 WHERE id = $1",
      [expired, now],
    );
    await test.sql(
      "UPDATE identity.session SET last_seen_at = $2::timestamptz - interval '12 hours' WHERE id = $1",
      [unused, now],
    );
    await open(await person());
    expect((await list(accountId)).map(({ id }) => id)).toEqual(opened);
  });

  it('keeps what the browser calls itself, up to 200 characters', async () => {
    const accountId = await person();
    await open(accountId, 'x'.repeat(500));
    expect((await list(accountId)).map(({ userAgent }) => userAgent)).toEqual(['x'.repeat(200)]);
  });

  it('is in the audit trail when it is opened and when it is ended', async () => {
    const accountId = await person();
    const { sessionId } = await open(accountId);
    await test.as({ accountId }, () => test.get(RevokeSession).execute(sessionId));
    expect((await auditOf(test, 'session', sessionId)).map(({ action, by }) => [action, by])).toEqual([
      ['identity.sign-in', accountId],
      ['identity.sign-out', accountId],
    ]);
    await expect(
      test.as({ accountId }, () => test.get(RevokeSession).execute(sessionId)),
    ).rejects.toMatchObject({ code: 'identity.session-not-found' });
  });

  it('shows the person the roles of today and those to come, and what they allow', async () => {
    const accountId = await person();
    test.clock?.set('2026-03-01T09:00:00+08:00');
    const ended = await grant(accountId, { validFrom: '2026-01-01', validTo: '2026-03-02' });
    test.clock?.set(START);
    const held = [
      ended,
      await grant(accountId, { validTo: '2026-04-01' }),
      await grant(accountId, { validFrom: '2026-05-01' }),
    ] as const;
    const taken = await test.asSystem(() =>
      api.grantRole({ accountId, role: 'supervisor', areaCode: DISTRICT }),
    );
    await test.asSystem(() => test.get(RevokeRole).execute({ accountId, membershipId: taken }));
    const own = await test.as({ accountId, memberships: [auditor] }, () => test.get(OwnAccountReads).read());
    expect(own.memberships.map(({ id }) => id).sort()).toEqual(held.slice(1).sort());
    expect(own.permissions).toEqual(expect.arrayContaining(['identity:self', 'identity:read']));
    expect(own.permissions).not.toContain('identity:nobody');
    expect(own.permissions).not.toContain('procurement:award');
    const member = await test.as({ accountId: await person() }, () => test.get(OwnAccountReads).read());
    expect(member.permissions).toContain('identity:self');
    expect(member.permissions).not.toContain('identity:read');
    await expect(
      test.as({ accountId: newId() }, () => test.get(OwnAccountReads).read()),
    ).rejects.toMatchObject({ code: 'identity.account-not-found' });
  });
});

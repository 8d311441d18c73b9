import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../../../test/support/app.js';
import { CreateAccount } from '../../accounts/create-account.js';

const PASSWORD = 'a bridge of stones 7';
const MINUTE = 60_000;
const HOUR = 3_600_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('signing in', () => {
  let test: TestApp;
  let serial = 0;
  let login = '';

  async function send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string>; on?: TestApp } = {},
  ): Promise<Answer> {
    const response = await fetch(`${(options.on ?? test).baseUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body };
  }
  const signIn = (password = PASSWORD, as = login) =>
    send('POST', '/sessions', { body: { login: as, password } });
  const bearer = async (): Promise<{ authorization: string }> => {
    const { body } = await send('POST', '/sessions', {
      body: { login, password: PASSWORD, deliver: 'bearer' },
    });
    return { authorization: `Bearer ${String(body['token'])}` };
  };
  const cookie = async (on = test): Promise<string> => {
    const { headers } = await send('POST', '/sessions', { body: { login, password: PASSWORD }, on });
    return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const clock = () => {
    if (!test.clock) throw new Error('the test needs its own clock');
    return test.clock;
  };
  const lastSeen = async () =>
    (await test.sql<{ at: Date }>('SELECT max(last_seen_at) AS at FROM identity.session'))[0]?.at;
  const seenNow = async () => {
    expect(await lastSeen()).toEqual(clock().now());
  };
  const register = (name: string, on = test) =>
    on.asSystem(() =>
      on.get(CreateAccount).execute({ login: name, displayName: '测试人员', password: PASSWORD }),
    );

  beforeAll(async () => {
    test = await startTestApp({ http: true, now: '2026-03-02T09:00:00+08:00' });
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    serial += 1;
    login = `person-${serial}`;
    await register(login);
    await test.sql('DELETE FROM identity.rate_limit');
  });

  it('gives browsers a cookie that scripts and other sites cannot read', async () => {
    const { status, headers, body } = await signIn();
    expect(status).toBe(201);
    expect(headers.get('set-cookie')).toMatch(
      /^linqiao=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).not.toHaveProperty('token');
    const me = await send('GET', '/me', { headers: { cookie: await cookie() } });
    expect(me.body).toMatchObject({ login, displayName: '测试人员', memberships: [] });
  });

  it('stores the token as a hash only', async () => {
    const { authorization } = await bearer();
    const token = authorization.slice('Bearer '.length);
    const [row] = await test.sql<{ found: boolean }>(
      "SELECT bool_or(s::text LIKE '%' || $1 || '%') AS found FROM identity.session s",
      [token],
    );
    expect(row?.found).toBe(false);
  });

  it('takes logins as people type them', async () => {
    expect((await signIn(PASSWORD, ` ${login.toUpperCase().replace('P', 'Ｐ')} `)).status).toBe(201);
  });

  it('answers a wrong password and an unknown login alike', async () => {
    const [wrong, unknown] = [await signIn('not the password'), await signIn(PASSWORD, 'nobody-here')];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
  });

  it('names the fields of a body that is no login', async () => {
    const { status, body } = await send('POST', '/sessions', {
      body: { login: { $ne: '' }, password: PASSWORD },
    });
    expect([status, body['code']]).toEqual([400, 'platform.request-invalid']);
  });

  it('lists and ends only the own sessions', async () => {
    const [here, elsewhere] = [await bearer(), await bearer()];
    const listed = (await send('GET', '/sessions', { headers: here })).body['items'] as {
      id: string;
      current: boolean;
    }[];
    expect(listed.map(({ current }) => current).sort()).toEqual([false, true]);
    const other = listed.find(({ current }) => !current)?.id ?? '';
    await register(`${login}-stranger`);
    const stranger = await send('POST', '/sessions', {
      body: { login: `${login}-stranger`, password: PASSWORD, deliver: 'bearer' },
    });
    const strange = { authorization: `Bearer ${String(stranger.body['token'])}` };
    expect((await send('DELETE', `/sessions/${other}`, { headers: strange })).status).toBe(404);
    expect((await send('GET', '/me', { headers: elsewhere })).status).toBe(200);
    expect((await send('DELETE', `/sessions/${other}`, { headers: here })).status).toBe(204);
    expect((await send('GET', '/me', { headers: elsewhere })).status).toBe(401);
    expect((await send('DELETE', '/sessions/current', { headers: here })).status).toBe(204);
    expect((await send('GET', '/me', { headers: here })).status).toBe(401);
  });

  it('ends a session that is not used, and any session in the end', async () => {
    const headers = await bearer();
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      expect((await send('GET', '/me', { headers })).status).toBe(200);
      // Nobody waits for the mark "seen"; here eleven hours pass in a moment, so the test does.
      await eventually(seenNow);
      clock().advance(11 * HOUR);
    }
    expect((await send('GET', '/me', { headers })).status).toBe(200);
    clock().advance(11 * HOUR);
    expect((await send('GET', '/me', { headers })).status).toBe(401);
    const idle = await bearer();
    clock().advance(12 * HOUR);
    expect((await send('GET', '/me', { headers: idle })).status).toBe(401);
  });

  it('marks a session as used at most once a minute', async () => {
    const headers = await bearer();
    const opened = clock().now();
    clock().advance(MINUTE - 1);
    await send('GET', '/me', { headers });
    expect(await lastSeen()).toEqual(opened);
    clock().advance(1);
    await send('GET', '/me', { headers });
    await eventually(seenNow);
  });

  it('shuts a closed account out at once', async () => {
    const headers = await bearer();
    await test.sql("UPDATE identity.account SET status = 'closed' WHERE login = $1", [login]);
    expect((await send('GET', '/me', { headers })).status).toBe(401);
    expect((await signIn()).status).toBe(401);
  });

  it('changes the password, for which the old one is needed, and ends the other sessions', async () => {
    const [here, elsewhere] = [await bearer(), await bearer()];
    const change = (currentPassword: string, newPassword: string) =>
      send('POST', '/me/password', { headers: here, body: { currentPassword, newPassword } });
    expect((await change('not the password', 'a bridge of wood 88')).body['code']).toBe(
      'identity.password-wrong',
    );
    expect((await change(PASSWORD, `${login}-2026`)).body['code']).toBe('identity.password-too-weak');
    expect((await change(PASSWORD, 'a bridge of wood 88')).status).toBe(204);
    expect((await send('GET', '/me', { headers: here })).status).toBe(200);
    expect((await send('GET', '/me', { headers: elsewhere })).status).toBe(401);
    expect([(await signIn()).status, (await signIn('a bridge of wood 88')).status]).toEqual([401, 201]);
  });

  it('registers a member and refuses a login that is taken', async () => {
    const body = {
      login: `new-${login}`,
      displayName: '新来的人',
      password: PASSWORD,
      phone: '138 0013 8000',
    };
    expect((await send('POST', '/accounts', { body })).status).toBe(201);
    expect((await send('POST', '/accounts', { body })).body['code']).toBe('identity.login-taken');
    const [event] = await test.sql<{ payload: object; text: string }>(
      `SELECT payload, payload::text AS text FROM platform.outbox_event
       WHERE type = 'identity.account-created.v1' ORDER BY xid DESC, seq DESC LIMIT 1`,
    );
    expect(Object.keys(event?.payload ?? {})).toEqual(['accountId']);
  });

  describe('requests that a foreign page makes the browser send', () => {
    const evil = 'https://evil.example';
    const signOut = (headers: Record<string, string>, on = test) =>
      send('DELETE', '/sessions/current', { headers, on });

    it.each([
      ['a foreign origin', { origin: evil }],
      ['a sandboxed page', { origin: 'null' }],
      ['a page of a sibling domain', { 'sec-fetch-site': 'same-site' }],
      [
        'a foreign page, whatever else it says',
        { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
      ],
      ['no word on where they come from', {}],
    ])('are refused with the cookie from %s', async (_name, headers) => {
      const mine = await cookie();
      const answer = await signOut({ cookie: mine, ...(headers as Record<string, string>) });
      expect([answer.status, answer.body['code']]).toEqual([403, 'identity.cross-site-request']);
      expect(
        (await send('GET', '/me', { headers: { cookie: mine, ...(headers as Record<string, string>) } }))
          .status,
      ).toBe(200);
    });

    it('are accepted from our own pages, and from programs with the token in the header', async () => {
      expect((await signOut({ cookie: await cookie(), origin: test.baseUrl })).status).toBe(204);
      expect((await signOut({ cookie: await cookie(), 'sec-fetch-site': 'same-origin' })).status).toBe(204);
      expect((await signOut(await bearer())).status).toBe(204);
    });

    it('cannot sign a visitor in as somebody else', async () => {
      const answer = await send('POST', '/sessions', {
        body: { login, password: PASSWORD },
        headers: { origin: evil },
      });
      expect(answer.body['code']).toBe('identity.cross-site-request');
      expect(answer.headers.get('set-cookie')).toBeNull();
    });

    it('negative control: succeed where the foreign page is taken for our own', async () => {
      const fooled = await startTestApp({ http: true, env: { PUBLIC_URL: evil } });
      try {
        await register(login, fooled);
        expect((await signOut({ cookie: await cookie(fooled), origin: evil }, fooled)).status).toBe(204);
      } finally {
        await fooled.stop();
      }
    });
  });

  describe('guessing', () => {
    const forgetCounters = async () => {
      await test.sql('DELETE FROM identity.login_failure');
      await test.sql('DELETE FROM identity.rate_limit');
    };
    const guesses = (count: number, as = login) =>
      Promise.all(Array.from({ length: count }, (_, i) => signIn(`guess number ${i}`, as)));

    it('meets a wait after five wrong passwords, right ones included, and only for that login', async () => {
      for (let i = 0; i < 5; i += 1) expect((await signIn(`guess number ${i}`)).status).toBe(401);
      const refused = await signIn();
      expect([refused.status, refused.body['code']]).toEqual([429, 'platform.too-many-requests']);
      expect(refused.headers.get('retry-after')).toBe('30');
      await register(`${login}-other`);
      expect((await signIn(PASSWORD, `${login}-other`)).status).toBe(201);
      clock().advance(30_000);
      expect((await signIn()).status).toBe(201);
      // The right password clears the count.
      for (let i = 0; i < 4; i += 1) await signIn(`guess number ${i}`);
      expect((await signIn()).status).toBe(201);
    });

    it('is slowed down in a burst, too', async () => {
      const answers = await guesses(20);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    });

    it('learns nothing about which logins exist', async () => {
      const unknown = `${login}-unknown`;
      const [a, b] = [await guesses(7), await guesses(7, unknown)];
      expect(b.map(({ status }) => status)).toEqual(a.map(({ status }) => status));
    });

    it('from one address at one login is limited whatever the waits', async () => {
      for (let i = 0; i < 10; i += 1) {
        await signIn(`guess number ${i}`);
        clock().advance(2 * HOUR);
      }
      expect((await signIn()).status).toBe(429);
    });

    it('does not stand in the way of many sign-ins at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => signIn()));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    });

    it('negative control: goes on for ever once the counters are emptied', async () => {
      for (let i = 0; i < 12; i += 1) {
        expect((await signIn(`guess number ${i}`)).status).toBe(401);
        await forgetCounters();
      }
      expect((await signIn()).status).toBe(201);
    });
  });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

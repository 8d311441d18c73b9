import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../../../test/support/app.js';
import { CreateAccount } from '../../accounts/create-account.js';

const PASSWORD = 'a bridge of stones 7';
const OTHER_PASSWORD = 'a bridge of wood 88';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('the own account over HTTP', () => {
  let test: TestApp;
  let serial = 0;
  let login = '';
  beforeAll(async () => {
    test = await startTestApp({ http: true, now: '2026-03-02T09:00:00+08:00' });
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    serial += 1;
    login = `own-${serial}`;
    await register(login);
    await test.sql('DELETE FROM identity.rate_limit');
  });

  const register = (name: string, on = test) =>
    on.asSystem(() =>
      on.get(CreateAccount).execute({ login: name, displayName: '测试人员', password: PASSWORD }),
    );
  async function send(
    method: string,
    path: string,
    options: { body?: object; headers?: Record<string, string>; on?: TestApp } = {},
  ): Promise<Answer> {
    const response = await fetch(`${(options.on ?? test).baseUrl}/api/v1${path}`, {
      method,
      headers: { ...(options.body ? { 'content-type': 'application/json' } : {}), ...options.headers },
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }
  const signIn = (password = PASSWORD, as = login, on = test) =>
    send('POST', '/sessions', { body: { login: as, password }, on });
  const cookieOf = ({ headers }: Answer) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const bearer = async (as = login) => {
    const { body } = await send('POST', '/sessions', {
      body: { login: as, password: PASSWORD, deliver: 'bearer' },
    });
    return { authorization: `Bearer ${String(body['token'])}` };
  };

  it('lets a stolen session guess the password no more often than a stranger may', async () => {
    const headers = await bearer();
    const change = (currentPassword: string) =>
      send('POST', '/me/password', { headers, body: { currentPassword, newPassword: OTHER_PASSWORD } });
    for (let n = 0; n < 5; n += 1)
      expect((await change(`guess number ${n}`)).body['code']).toBe('identity.password-wrong');
    const refused = await change('guess number 6');
    expect([refused.status, refused.body['code']]).toEqual([429, 'platform.too-many-requests']);
    expect(refused.headers.get('retry-after')).toBe('30');
    // The right one is not even looked at, neither here nor at the front door.
    expect((await change(PASSWORD)).status).toBe(429);
    expect((await signIn()).status).toBe(429);
    test.clock?.advance(30_000);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await signIn(OTHER_PASSWORD)).status).toBe(201);
  });

  it('is registered by one address no more than 300 times an hour', async () => {
    const register = (name: string) =>
      send('POST', '/accounts', { body: { login: name, displayName: '测试人员', password: PASSWORD } });
    expect((await register(`${login}-a`)).status).toBe(201);
    await test.sql("UPDATE identity.rate_limit SET points = 300 WHERE key LIKE 'register:%'");
    expect((await register(`${login}-b`)).body['code']).toBe('platform.too-many-requests');
  });

  it('takes the token of the header for the one that counts, whatever the browser sends along', async () => {
    await register(`${login}-other`);
    const cookie = cookieOf(await signIn(PASSWORD, `${login}-other`));
    const headers = { ...(await bearer()), cookie, origin: 'https://evil.example' };
    expect((await send('GET', '/me', { headers })).body).toMatchObject({ login });
    expect((await send('DELETE', '/sessions/current', { headers })).status).toBe(204);
    // It was the session of the header that ended.
    expect((await send('GET', '/me', { headers: { cookie } })).body).toMatchObject({
      login: `${login}-other`,
    });
  });

  it('takes the cookie away when the person signs out', async () => {
    const cookie = cookieOf(await signIn());
    const { status, headers } = await send('DELETE', '/sessions/current', {
      headers: { cookie, origin: test.baseUrl },
    });
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^linqiao=; Max-Age=0; Path=\/;/);
  });

  it('tells of a change of the password in the audit trail, without either of the two', async () => {
    const headers = await bearer();
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD };
    expect((await send('POST', '/me/password', { headers, body })).status).toBe(204);
    const entries = await test.sql<{ row: string }>(
      `SELECT e::text AS row FROM platform.audit_entry e WHERE action = 'identity.change-password'
         AND object_id = (SELECT id::text FROM identity.account WHERE login = $1)`,
      [login],
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.row).not.toMatch(/bridge|argon2/);
  });

  it('is kept over https in a cookie that no other host, path or plain connection can set or read', async () => {
    const secure = await startTestApp({ http: true, env: { COOKIE_SECURE: 'true' } });
    try {
      await register(login, secure);
      const { headers } = await signIn(PASSWORD, login, secure);
      expect(headers.get('set-cookie')).toMatch(
        /^__Host-linqiao=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await secure.stop();
    }
  });
});

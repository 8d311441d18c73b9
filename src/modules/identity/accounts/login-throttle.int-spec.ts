import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { LoginThrottle } from './login-throttle.js';

const ADDRESS = '192.0.2.1';

/** The counters themselves; what a password costs is left out, so that hundreds of tries take no time. */
describe('the counters of failed sign-ins', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-03-02T09:00:00+08:00' });
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    await test.sql('DELETE FROM identity.rate_limit');
    await test.sql('DELETE FROM identity.login_failure');
  });

  let serial = 0;
  const nextLogin = () => `login-${(serial += 1)}`;
  /** `wrong`, `right`, or the code of the refusal. */
  const attempt = (login: string, right: boolean, address = ADDRESS, throttle = test.get(LoginThrottle)) =>
    throttle
      .attempt(login, address, () => Promise.resolve(right ? true : undefined))
      .then(
        (result) => (result ? 'right' : 'wrong'),
        (error: unknown) => (error as { code?: string }).code,
      );
  const points = async (kind: 'login' | 'address' | 'register') =>
    (
      await test.sql<{ points: number }>('SELECT points FROM identity.rate_limit WHERE key LIKE $1', [
        `${kind}:%`,
      ])
    ).map((row) => row.points);
  /** As if so many had been counted already. */
  const counted = (kind: string, count: number) =>
    test.sql('UPDATE identity.rate_limit SET points = $2 WHERE key LIKE $1', [`${kind}:%`, count]);

  it('take 300 failures from one address over all logins, and not the 301st', async () => {
    expect(await attempt(nextLogin(), false)).toBe('wrong');
    expect(await points('address')).toEqual([1]);
    await counted('address', 299);
    expect(await attempt(nextLogin(), false)).toBe('wrong');
    // Spraying: each login is tried once, so none of them waits.
    expect(await attempt(nextLogin(), false)).toBe('platform.too-many-requests');
    expect(await attempt(nextLogin(), true)).toBe('platform.too-many-requests');
    expect(await attempt(nextLogin(), true, '192.0.2.2')).toBe('right');
  });

  it('do not count who signs in: an office behind one address is not locked out', async () => {
    await attempt(nextLogin(), false);
    for (let n = 0; n < 5; n += 1) expect(await attempt(nextLogin(), true)).toBe('right');
    expect(await points('address')).toEqual([1]);
  });

  it('take ten tries of one login from one address, and forget them with the right password', async () => {
    const login = nextLogin();
    expect(await attempt(login, false)).toBe('wrong');
    await counted('login', 9);
    expect(await attempt(login, true)).toBe('right');
    expect(await points('login')).toEqual([]);
    await attempt(login, false);
    await counted('login', 10);
    expect(await attempt(login, true)).toBe('platform.too-many-requests');
    // The right password counts for the login only; from elsewhere it opens.
    expect(await attempt(login, true, '192.0.2.2')).toBe('right');
  });

  it('forget the failures of a login with the right password', async () => {
    const login = nextLogin();
    for (let n = 0; n < 4; n += 1) expect(await attempt(login, false)).toBe('wrong');
    expect(await attempt(login, true)).toBe('right');
    expect(await test.sql('SELECT failures FROM identity.login_failure')).toEqual([]);
    for (let n = 0; n < 5; n += 1) expect(await attempt(login, false)).toBe('wrong');
    expect(await attempt(login, true)).toBe('platform.too-many-requests');
  });

  it('count each failure when several processes count at the same moment', async () => {
    const login = nextLogin();
    await attempt(login, false);
    const processes = Array.from(
      { length: 3 },
      () =>
        new LoginThrottle(
          test.get<DataSource>(getDataSourceToken() as never),
          test.uow,
          test.get<Clock>(CLOCK),
        ),
    );
    await Promise.all(processes.map((each, n) => attempt(login, false, `192.0.2.${n}`, each)));
    expect(await test.sql('SELECT failures FROM identity.login_failure')).toEqual([{ failures: 4 }]);
  });

  it('stop an address from registering without end', async () => {
    const throttle = test.get(LoginThrottle);
    await throttle.countRegistration(ADDRESS);
    await counted('register', 299);
    await throttle.countRegistration(ADDRESS);
    await expect(throttle.countRegistration(ADDRESS)).rejects.toMatchObject({
      code: 'platform.too-many-requests',
    });
    await throttle.countRegistration('192.0.2.2');
  });

  it('keep neither a login nor an address in clear', async () => {
    const login = nextLogin();
    await attempt(login, false);
    await test.get(LoginThrottle).countRegistration(ADDRESS);
    const rows = await test.sql<{ row: string }>(
      `SELECT r::text AS row FROM identity.rate_limit r UNION ALL
       SELECT f::text || convert_from(f.login_hash, 'LATIN1') FROM identity.login_failure f`,
    );
    expect(rows).toHaveLength(4);
    for (const { row } of rows) {
      expect(row).not.toContain(login);
      expect(row).not.toContain(ADDRESS);
    }
  });
});

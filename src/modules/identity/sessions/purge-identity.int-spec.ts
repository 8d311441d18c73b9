import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { IdentityApi } from '../identity.api.js';
import { PurgeIdentity } from './purge-identity.job.js';

const NOW = '2026-11-23T09:00:00+08:00';

describe('forgetting old sessions and counters', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ now: NOW });
  });
  afterAll(() => test.stop());

  it('keeps a session for 200 days after its end, longer than the six months of the law, and no longer', async () => {
    const accountId = await test.asSystem(() =>
      test.get(IdentityApi).createAccount({
        login: 'somebody',
        displayName: '测试人员',
        password: 'a bridge of stones 7',
      }),
    );
    const session = async (daysAgo: string) => {
      const id = newId();
      await test.sql(
        `INSERT INTO identity.session (id, account_id, token_hash, created_at, last_seen_at, expires_at)
         VALUES ($1::text::uuid, $2, sha256($1::text::bytea), '2020-01-01', '2020-01-01', $3::timestamptz - $4::interval)`,
        [id, accountId, NOW, daysAgo],
      );
      return id;
    };
    const kept = [await session('-7 days'), await session('0 days'), await session('200 days')];
    await session('200 days 1 second');
    await test.get(PurgeIdentity).run();
    const left = await test.sql<{ id: string }>('SELECT id FROM identity.session');
    expect(left.map(({ id }) => id).sort()).toEqual(kept.sort());
  });

  it('keeps a failure for a week', async () => {
    for (const age of ['0 days', '7 days', '7 days 1 second'])
      await test.sql(
        `INSERT INTO identity.login_failure (login_hash, failures, last_failed_at)
         VALUES (sha256($1::text::bytea), 1, $2::timestamptz - $1::text::interval)`,
        [age, NOW],
      );
    await test.get(PurgeIdentity).run();
    const left = await test.sql<{ age: string }>(
      'SELECT ($1::timestamptz - last_failed_at)::text AS age FROM identity.login_failure ORDER BY last_failed_at',
      [NOW],
    );
    expect(left.map(({ age }) => age)).toEqual(['7 days', '00:00:00']);
  });

  it('empties only the counters that have run out', async () => {
    await test.sql(
      `INSERT INTO identity.rate_limit (key, points, expire)
       SELECT key, 1, (extract(epoch FROM now()) + seconds) * 1000
       FROM (VALUES ('running', 60), ('over', -1)) AS c (key, seconds)`,
    );
    await test.get(PurgeIdentity).run();
    expect(await test.sql('SELECT key FROM identity.rate_limit')).toEqual([{ key: 'running' }]);
  });

  it('happens every day', () => {
    expect(test.get(PurgeIdentity).everyMs).toBe(86_400_000);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.js';
import { loadConfig } from '../config/app-config.js';
import { dataSourceOptions } from './data-source.js';

describe('a session at the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
    // As on a server that somebody else has set up.
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    for (const setting of [
      "timezone = 'Asia/Shanghai'",
      "statement_timeout = '1h'",
      "idle_in_transaction_session_timeout = '1h'",
    ]) {
      await owner.query(`ALTER DATABASE ${database.name} SET ${setting}`);
    }
    await owner.end();
  });
  afterAll(() => database.drop());

  async function settingsOf(extra: { asOwner?: boolean } = {}) {
    const config = loadConfig({ DATABASE_URL: database.url });
    const source = await new DataSource(
      dataSourceOptions(config, { ...extra, applicationName: 'probe-session' }),
    ).initialize();
    try {
      const [settings] = await source.query<Record<string, string>[]>(
        `SELECT current_setting('timezone') AS zone, current_setting('statement_timeout') AS statement,
                current_setting('idle_in_transaction_session_timeout') AS idle,
                current_setting('application_name') AS name, current_user::text AS user`,
      );
      return settings;
    } finally {
      await source.destroy();
    }
  }

  it('of the product thinks in UTC, waits for nothing without end, and acts as the application role', async () => {
    expect(await settingsOf()).toEqual({
      ...{ zone: 'UTC', statement: '30s', idle: '1min' },
      ...{ name: 'probe-session', user: 'linqiao_app' },
    });
  });

  it('gives a date as the day it is, whatever the zone of the machine', async () => {
    const config = loadConfig({ DATABASE_URL: database.url });
    const source = await new DataSource(
      dataSourceOptions(config, { applicationName: 'probe-dates' }),
    ).initialize();
    try {
      const rows: unknown = await source.query(
        `SELECT date '2026-03-02' AS day, ARRAY[date '2026-03-02', date '2028-02-29'] AS days,
                timestamptz '2026-03-02T00:30:00+08:00' AS instant, ARRAY['a'] AS texts`,
      );
      expect(rows).toEqual([
        {
          ...{ day: '2026-03-02', days: ['2026-03-02', '2028-02-29'], texts: ['a'] },
          instant: new Date('2026-03-01T16:30:00Z'),
        },
      ]);
    } finally {
      await source.destroy();
    }
  });

  it('is one of as many at a time as the settings allow', async () => {
    const pidsWith = async (size: number) => {
      const config = loadConfig({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: String(size) });
      const source = await new DataSource(
        dataSourceOptions(config, { applicationName: 'probe-pool' }),
      ).initialize();
      const asked = Array.from({ length: 6 }, () =>
        source.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid, pg_sleep(0.05)'),
      );
      const pids = (await Promise.all(asked)).map(([row]) => row?.pid);
      await source.destroy();
      return new Set(pids).size;
    };
    expect([await pidsWith(1), await pidsWith(3)]).toEqual([1, 3]);
  });

  it('of a migration acts as the owner and may take its time', async () => {
    const owner = new URL(database.url).username;
    expect(await settingsOf({ asOwner: true })).toMatchObject({ zone: 'UTC', statement: '0', user: owner });
  });
});

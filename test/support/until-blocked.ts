import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { TestDatabase } from './database.js';

const WAITING = `
  SELECT count(*)::int AS sessions FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/**
 * Until so many sessions of this database wait for a lock: whoever was to be overtaken stands there. It asks
 * until then; a test in which nobody ever waits ends by its own time limit.
 */
export async function untilBlocked(database: TestDatabase, sessions = 1): Promise<void> {
  // Only a superuser sees what the sessions of others wait for.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ sessions: number }>(WAITING);
      if ((rows[0]?.sessions ?? 0) >= sessions) return;
      await delay(5);
    }
  } finally {
    await client.end();
  }
}

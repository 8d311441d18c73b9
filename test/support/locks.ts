import type { UnitOfWork } from '#platform';
import { until } from './until.js';

/** Called in a transaction: until another one waits for a lock that this one holds. */
export async function untilAnotherWaits(uow: UnitOfWork): Promise<void> {
  uow.mustBeActive('untilAnotherWaits');
  await until('another transaction waits for this one', async () => {
    const row = await uow.one<{ waits: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pg_locks
                      WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS waits`,
    );
    return row?.waits ?? false;
  });
}

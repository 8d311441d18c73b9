import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { sqlState, violatedConstraint } from './database-error.js';
import { UnitOfWork } from './unit-of-work.js';

/** What a use case would see if nobody ran it again: one attempt, no more. */
class WithoutRetry extends UnitOfWork {
  override run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isActive) return work();
    const once = async (): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        // Whatever is not an SQLSTATE is not retried.
        throw new Error('not again', { cause: error });
      }
    };
    return super.run(once);
  }
}

describe('the unit of work', () => {
  let test: TestApp;
  let uow: UnitOfWork;
  beforeAll(async () => {
    test = await startTestApp();
    uow = test.uow;
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    await test.sql("DELETE FROM platform.relay_cursor WHERE name LIKE 'probe-%'");
    await test.sql("INSERT INTO platform.relay_cursor VALUES ('probe-a', '0', 0), ('probe-b', '0', 0)");
  });

  const count = async (name: string, on = uow) =>
    Number(
      (await on.one<{ seq: string }>('SELECT seq FROM platform.relay_cursor WHERE name = $1', [name]))?.seq,
    );
  const add = (name: string, on = uow) =>
    on.sql('UPDATE platform.relay_cursor SET seq = seq + 1 WHERE name = $1', [name]);
  const pid = async (on = uow) => (await on.one<{ pid: number }>('SELECT pg_backend_pid() AS pid'))?.pid;

  it('joins the running transaction: an inner failure undoes everything', async () => {
    const failed = uow.run(async () => {
      await add('probe-a');
      await uow.run(async () => {
        await add('probe-b');
        throw new Error('inner');
      });
    });
    await expect(failed).rejects.toThrow('inner');
    expect([await count('probe-a'), await count('probe-b')]).toEqual([0, 0]);
  });

  it('lets nobody else see what is not committed', async () => {
    await uow.run(async () => {
      await add('probe-a');
      expect(await count('probe-a')).toBe(1);
      expect(await uow.apart(() => count('probe-a'))).toBe(0);
    });
    expect(await count('probe-a')).toBe(1);
  });

  it('keeps what ran apart when the rest rolls back', async () => {
    const failed = uow.run(async () => {
      await add('probe-a');
      await uow.apart(() => uow.run(() => add('probe-b')));
      throw new Error('outer');
    });
    await expect(failed).rejects.toThrow('outer');
    expect([await count('probe-a'), await count('probe-b')]).toEqual([0, 1]);
  });

  it('keeps transactions that run at the same time apart', async () => {
    const pids = await Promise.all(
      Array.from({ length: 5 }, () =>
        uow.run(async () => {
          const first = await pid();
          await new Promise((resolve) => setTimeout(resolve, 30));
          expect(await pid()).toBe(first);
          return first;
        }),
      ),
    );
    expect(new Set(pids).size).toBe(5);
  });

  it('says what must run inside a transaction', async () => {
    expect(() => {
      uow.mustBeActive('money');
    }).toThrow('money must run inside a unit of work');
    await uow.run(() => {
      uow.mustBeActive('money');
      return Promise.resolve();
    });
  });

  describe('two transactions that wait for each other', () => {
    /** Both take their first row, then the other's. @returns how often each was run */
    async function cross(on: UnitOfWork): Promise<number[]> {
      const runs = [0, 0];
      let arrived = 0;
      let open = (): void => undefined;
      const both = new Promise<void>((resolve) => (open = resolve));
      const transaction = (at: 0 | 1, first: string, second: string) =>
        on.run(async () => {
          runs[at] = (runs[at] ?? 0) + 1;
          await add(first, on);
          arrived += 1;
          if (arrived === 2) open();
          await both;
          await add(second, on);
        });
      const settled = await Promise.allSettled([
        transaction(0, 'probe-a', 'probe-b'),
        transaction(1, 'probe-b', 'probe-a'),
      ]);
      const failed = settled.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      return runs;
    }

    it('both commit: the one that Postgres undid is run again', async () => {
      const [once, again] = (await cross(uow)).sort();
      // On a busy machine they may meet once more.
      expect([once, Number(again) > 1]).toEqual([1, true]);
      expect([await count('probe-a'), await count('probe-b')]).toEqual([2, 2]);
    });

    it('negative control: without running it again one of them is lost to the deadlock', async () => {
      const bare = new WithoutRetry(test.get(DataSource));
      const error: unknown = await cross(bare).catch((reason: unknown) => reason);
      expect(sqlState((error as Error).cause)).toBe('40P01');
      expect([await count('probe-a'), await count('probe-b')]).toEqual([1, 1]);
    });
  });

  it('runs a serialization failure again on a fresh transaction', async () => {
    const seen: (number | undefined)[] = [];
    await uow.run(async () => {
      await uow.sql('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      seen.push(await count('probe-a'));
      if (seen.length === 1) await uow.apart(() => add('probe-a'));
      await add('probe-a');
    });
    expect(seen).toEqual([0, 1]);
    expect(await count('probe-a')).toBe(2);
  });

  it('gives up after five attempts, and never repeats another failure', async () => {
    const tried = async (code: string) => {
      let runs = 0;
      const failed = uow.run(() => {
        runs += 1;
        return uow.sql(`DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '${code}'; END $$`);
      });
      const error: unknown = await failed.catch((reason: unknown) => reason);
      return { runs, state: sqlState(error) };
    };
    expect(await tried('40001')).toEqual({ runs: 5, state: '40001' });
    expect(await tried('23505')).toEqual({ runs: 1, state: '23505' });
  });

  it('names the constraint that was violated, and nothing for other errors', async () => {
    const error: unknown = await uow
      .sql("INSERT INTO platform.calendar_year VALUES (1999, '{}', '{}', 'test')")
      .catch((reason: unknown) => reason);
    expect([violatedConstraint(error), sqlState(error)]).toEqual(['calendar_year_range', '23514']);
    for (const other of [new Error('x'), undefined, 'text', { code: 'ECONNREFUSED' }]) {
      expect([violatedConstraint(other), sqlState(other)]).toEqual([undefined, undefined]);
    }
  });

  it('answers rows alike for every kind of statement', async () => {
    const rows = { insert: '', update: '', remove: '', none: '' } as Record<string, unknown>;
    await uow.run(async () => {
      rows['insert'] = await uow.sql(
        "INSERT INTO platform.relay_cursor VALUES ('probe-c', '0', 0) RETURNING name",
      );
      rows['update'] = await uow.sql(
        "UPDATE platform.relay_cursor SET seq = 1 WHERE name = 'probe-c' RETURNING name",
      );
      rows['remove'] = await uow.sql(
        "DELETE FROM platform.relay_cursor WHERE name = 'probe-c' RETURNING name",
      );
      rows['none'] = await uow.sql("DELETE FROM platform.relay_cursor WHERE name = 'probe-c'");
    });
    const row = [{ name: 'probe-c' }];
    expect(rows).toEqual({ insert: row, update: row, remove: row, none: [] });
  });
});

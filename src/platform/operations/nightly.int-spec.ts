import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, OFFICIAL_CALENDAR_YEARS } from '#libs/kernel';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { DataChecks, defineCheck } from '../checks/data-check.js';
import { declaredStatements } from '../database/query.js';
import { ForgetRefusals } from '../refusals/forget-refusals.js';
import { NightlyJob } from './nightly.job.js';

/** Finds every task of a handler that should not be. */
const check = defineCheck({
  name: 'probe-nightly.no-forbidden-task',
  zh: '测试',
  en: 'Test',
  sql: "SELECT key FROM platform.task WHERE handler = 'probe-nightly.forbidden'",
});

describe('every night', () => {
  let probe: ProbeApp;
  let night: () => Promise<void>;
  beforeAll(async () => {
    probe = await startProbeApp();
    night = () => probe.uow.run(() => probe.get(NightlyJob).run());
  });
  afterAll(() => probe.stop());
  beforeEach(() => probe.sql('DELETE FROM platform.task'));

  const givenTask = (key: string, { state = 'done', finishedDaysAgo = 0, everyMs = null as number | null }) =>
    probe.sql(
      `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, created_at, state, finished_at,
                                  every_ms)
       VALUES (gen_random_uuid(), 'probe-nightly', $1, 'default', '{}', 'test', now(), now(), $2,
               now() - $3 * interval '1 day', $4)`,
      [key, state, finishedDaysAgo, everyMs],
    );

  it('what was done a month ago is forgotten, and nothing that somebody may still ask for', async () => {
    await givenTask('old', { finishedDaysAgo: 31 });
    await givenTask('recent', { finishedDaysAgo: 29 });
    for (const state of ['dead', 'waiting', 'queued', 'cancelled']) {
      await givenTask(state, { state, finishedDaysAgo: 400 });
    }
    await givenTask('recurring', { finishedDaysAgo: 400, everyMs: 1_000 });
    await night();
    const left = await probe.sql<{ key: string }>(
      "SELECT key FROM platform.task WHERE handler = 'probe-nightly' ORDER BY key",
    );
    expect(left.map(({ key }) => key)).toEqual([
      ...['cancelled', 'dead', 'queued', 'recent', 'recurring', 'waiting'],
    ]);
  });

  it('idempotency keys are forgotten after a week, not before', async () => {
    const [old, recent] = [newId(), newId()];
    await probe.sql(
      `INSERT INTO platform.idempotency_key (scope, key, request_hash, created_at)
       VALUES ('probe', $1, '', now() - interval '8 days'), ('probe', $2, '', now() - interval '6 days')`,
      [old, recent],
    );
    await night();
    expect(await probe.sql("SELECT key FROM platform.idempotency_key WHERE scope = 'probe'")).toEqual([
      { key: recent },
    ]);
  });

  describe('refusals', () => {
    const given = (count: number, daysAgo: number) =>
      probe.sql(
        `INSERT INTO platform.refusal (id, occurred_at, actor_id, action, code, request_id)
         SELECT gen_random_uuid(), now() - $2 * interval '1 day', gen_random_uuid(), 'probe-nightly.act',
                'probe-nightly.refused', gen_random_uuid() FROM generate_series(1, $1)`,
        [count, daysAgo],
      );
    const left = async () =>
      (
        await probe.sql<{ days: number }>(
          'SELECT DISTINCT round(extract(epoch FROM now() - occurred_at) / 86400)::int AS days FROM platform.refusal ORDER BY 1',
        )
      ).map(({ days }) => days);
    beforeEach(() => probe.sql('DELETE FROM platform.refusal'));

    it('are forgotten after half a year, not before', async () => {
      await given(1, 183);
      await given(1, 185);
      expect(await left()).toEqual([183, 185]);
      await night();
      expect(await left()).toEqual([183]);
    });

    it('are forgotten some at a time until none is left, each some in a transaction of their own', async () => {
      await given(5_001, 185);
      const statementOnce = declaredStatements().get('platform.forget-refusals') ?? '';
      const undo = new Error('undone');
      await expect(
        probe.uow.run(async () => {
          expect(await probe.sql(statementOnce, [new Date()])).toEqual([{ forgotten: 5_000 }]);
          throw undo;
        }),
      ).rejects.toBe(undo);
      // What the night does besides is rolled back here; the batches stand.
      await expect(
        probe.uow.run(async () => {
          await probe.get(NightlyJob).run();
          throw undo;
        }),
      ).rejects.toBe(undo);
      expect(await left()).toEqual([]);
    });

    it('negative control: without the sweep they stay', async () => {
      await given(1, 185);
      const sweep = probe.get(ForgetRefusals);
      const { execute } = sweep;
      sweep.execute = () => Promise.resolve();
      try {
        await night();
        expect(await left()).toEqual([185]);
      } finally {
        sweep.execute = execute;
      }
    });
  });

  it('the data checks run, and what one of them finds is in the log as an error', async () => {
    const errors = () =>
      probe.lines
        .map((line) => JSON.parse(line) as { level: string; check?: string; offending?: unknown })
        .filter((line) => line.check === check.name)
        .map(({ level, offending }) => ({ level, offending }));
    await night();
    expect(errors()).toEqual([]);
    await probe.sql(
      `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, created_at)
       VALUES (gen_random_uuid(), 'probe-nightly.forbidden', 'this-one', 'default', '{}', 'test', now(), now())`,
    );
    await night();
    expect(errors()).toEqual([{ level: 'error', offending: [{ key: 'this-one' }] }]);
  });

  it('deadlines that waited for a calendar get their date', async () => {
    const year = Math.max(...OFFICIAL_CALENDAR_YEARS.map((known) => known.year)) + 1;
    const id = newId();
    await probe.sql(
      `INSERT INTO platform.deadline_rule (code, zh, en, length, unit, legal_basis, grade, owner_role, consequence)
       VALUES ('probe-nightly.day', '测试', 'Test', 1, 'working-day', 'test', 'A', 'approver', 'test')`,
    );
    await probe.sql(
      `INSERT INTO platform.deadline (id, rule_id, rule_code, subject_type, subject_id, area_code, started_at)
       SELECT $1, r.id, r.code, 'probe', $2, '999901', $3
       FROM platform.deadline_rule r WHERE r.code = 'probe-nightly.day'`,
      [id, id, new Date(`${year}-03-01T04:00:00Z`)],
    );
    const dated = async () =>
      (await probe.sql('SELECT 1 FROM platform.deadline WHERE id = $1 AND due_at IS NOT NULL', [id])).length;
    await night();
    expect(await dated()).toBe(0);
    await probe.sql('INSERT INTO platform.calendar_year VALUES ($1, $2, $3, $4)', [
      ...[year, [`${year}-01-01`], [`${year}-01-02`], 'made up for a test'],
    ]);
    await night();
    expect(await dated()).toBe(1);
  });

  describe('a data check', () => {
    it('is declared once', () => {
      expect(() => defineCheck(check)).toThrow('The check probe-nightly.no-forbidden-task is declared twice');
    });

    it('shows twenty rows of what it found at most', async () => {
      await probe.sql(
        `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, created_at)
         SELECT gen_random_uuid(), 'probe-nightly.forbidden', n, 'default', '{}', 'test', now(), now()
         FROM generate_series(1, 30) n`,
      );
      const results = await probe.get(DataChecks).runAll();
      expect(results.find(({ name }) => name === check.name)?.offending).toHaveLength(20);
      // It is one among those of the product, which find nothing.
      expect(results.length).toBeGreaterThan(5);
      expect(results.filter(({ offending }) => offending.length > 0)).toHaveLength(1);
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { declaredConstraints, defineConstraints, refusalOf } from './constraints.js';

/** The queue's tables are BullMQ's own, the simulated treasury stands for another's. */
const FOREIGN = ['information_schema', 'public', 'bullmq', 'treasury_simulator'];

describe('the constraints of the database', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  /**
   * Every wall that has a name: constraints, unique indexes, and what functions raise. Left out are primary keys
   * over one generated id, and lists of states, which registered-objects.int-spec.ts compares with their machines.
   */
  async function walls(): Promise<string[]> {
    const rows = await test.sql<{ name: string }>(
      `SELECT n.nspname || '.' || k.conname AS name
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname <> ALL ($1) AND n.nspname !~ '^pg_' AND k.contype IN ('c', 'u', 'x', 'f', 'p')
         AND NOT (k.contype = 'p' AND k.conname = c.relname || '_pkey')
         AND NOT (k.contype = 'c' AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                    AND k.conkey = ARRAY[a.attnum] AND a.attname IN ('state', 'status', 'stage'))
                  AND pg_get_constraintdef(k.oid) LIKE '%ANY (ARRAY[%')
       UNION
       SELECT n.nspname || '.' || i.relname
       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
       WHERE x.indisunique AND n.nspname <> ALL ($1) AND n.nspname !~ '^pg_'
         AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)
       UNION
       SELECT n.nspname || '.' || m[1]
       FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace,
            regexp_matches(f.prosrc, 'CONSTRAINT = ''(\\w+)''', 'g') AS m
       WHERE n.nspname <> ALL ($1) AND n.nspname !~ '^pg_'
       ORDER BY 1`,
      [FOREIGN],
    );
    return rows.map(({ name }) => name);
  }

  it('are all declared by their module, and nothing else is', async () => {
    const there = await walls();
    const declared = [...declaredConstraints().keys()];
    expect({ undeclared: there.filter((name) => !declared.includes(name)) }).toEqual({ undeclared: [] });
    expect({ unknown: declared.filter((name) => !there.includes(name)) }).toEqual({ unknown: [] });
  });

  it('mean a refusal in words, or give the reason why nobody gets there', () => {
    for (const [name, meaning] of declaredConstraints()) {
      if (typeof meaning === 'function') {
        const refusal = meaning();
        expect(refusal).toBeInstanceOf(DomainError);
        expect({ name, kind: refusal.kind }).not.toMatchObject({ kind: 'internal' });
      } else {
        expect({ name, long: meaning.unreachable.length > 20 }).toEqual({ name, long: true });
      }
    }
  });

  it('are declared once', () => {
    const [known = ''] = [...declaredConstraints().keys()];
    const [schema = '', name = ''] = known.split('.');
    expect(() => {
      defineConstraints(schema, { [name]: { unreachable: 'declared a second time by a test' } });
    }).toThrow('declared twice');
  });

  it('never leave the unit of work as an SQLSTATE, whether anybody declared them or not', async () => {
    const violate = test.uow.run(() =>
      test.sql(
        "INSERT INTO platform.calendar_year (year, holidays, makeup_workdays, source) VALUES (1, '{}', '{}', 'x')",
      ),
    );
    const error: unknown = await violate.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'platform.rule-violated', kind: 'unprocessable' });
    expect((error as Error).cause).toMatchObject({ constraint: 'calendar_year_range' });
  });

  it('are a fault of ours where no request can have to do with them: a generated id that is taken', async () => {
    const task = (id: string, key: string) =>
      test.sql(
        `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, state, created_at)
         VALUES ($1, 'probe-constraints', $2, 'default', '{}', 'test', now(), 'done', now())`,
        [id, key],
      );
    const id = newId();
    const error: unknown = await test.uow
      .run(async () => {
        await task(id, 'one');
        await task(id, 'two');
      })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'platform.internal', kind: 'internal' });
    expect((error as Error).cause).toMatchObject({ constraint: 'task_pkey' });
  });

  it('are told from other failures of the database', () => {
    expect(refusalOf(Object.assign(new Error('x'), { code: '40001' }))).toBeUndefined();
    expect(refusalOf(Object.assign(new Error('x'), { code: '57014' }))).toBeUndefined();
    expect(refusalOf(new Error('x'))).toBeUndefined();
    expect(refusalOf(Object.assign(new Error('x'), { code: '23505' }))?.code).toBe('platform.rule-violated');
  });
});

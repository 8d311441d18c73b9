import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { DeadLetters } from './dead-letters.js';

describe('the dead letters', () => {
  let test: TestApp;
  let letters: DeadLetters;
  beforeAll(async () => {
    test = await startTestApp();
    letters = test.get(DeadLetters);
  });
  afterAll(() => test.stop());
  beforeEach(() => test.sql('DELETE FROM platform.task'));

  const given = async (state: string, createdAt = '2026-11-23T08:00:00Z') => {
    const id = newId();
    await test.sql(
      `INSERT INTO platform.task
         (id, handler, key, queue, payload, actor_id, run_at, state, attempts, last_error, created_at)
       VALUES ($1, 'probe-letters', $2, 'default', '{"secret": 1}', 'test', $3, $4, 8, 'Error: no answer', $3)`,
      [id, id, createdAt, state],
    );
    return id;
  };
  const replay = (id: string) => test.asSystem(() => letters.replay(id));

  it('are the tasks that nobody tries any more, the newest first, page by page', async () => {
    const [older, newer] = [
      await given('dead', '2026-11-22T08:00:00Z'),
      await given('dead', '2026-11-23T08:00:00.123456Z'),
    ];
    for (const state of ['waiting', 'queued', 'done', 'cancelled']) await given(state);
    const first = await letters.list(1);
    expect(first.items).toEqual([
      {
        ...{ id: newer, handler: 'probe-letters', eventType: null, attempts: 8 },
        ...{ lastError: 'Error: no answer', createdAt: '2026-11-23T08:00:00.123Z' },
      },
    ]);
    const second = await letters.list(1, first.nextCursor ?? '');
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[older], null]);
  });

  it('get all their attempts again when they are replayed, at once, and it is written down who did that', async () => {
    const id = await given('dead');
    await replay(id);
    expect(
      await test.sql(
        'SELECT state, attempts, run_at <= clock_timestamp() AS due FROM platform.task WHERE id = $1',
        [id],
      ),
    ).toEqual([{ state: 'waiting', attempts: 0, due: true }]);
    expect(
      await test.sql(
        'SELECT action, object_type, actor_id, before, after FROM platform.audit_entry WHERE object_id = $1',
        [id],
      ),
    ).toEqual([
      {
        ...{ action: 'operations.replay-dead-letter', object_type: 'task', actor_id: 'system:test' },
        ...{ before: { state: 'dead' }, after: { state: 'waiting', handler: 'probe-letters' } },
      },
    ]);
  });

  it.each(['waiting', 'queued', 'done', 'cancelled'])(
    'are not what is %s: it cannot be replayed',
    async (state) => {
      const id = await given(state);
      await expect(replay(id)).rejects.toMatchObject({ code: 'platform.not-found' });
      expect(await test.sql('SELECT state, attempts FROM platform.task WHERE id = $1', [id])).toEqual([
        { state, attempts: 8 },
      ]);
      expect(await test.sql('SELECT 1 FROM platform.audit_entry WHERE object_id = $1', [id])).toEqual([]);
    },
  );

  it('are not what nobody knows', async () => {
    await expect(replay(newId())).rejects.toMatchObject({ code: 'platform.not-found' });
  });
});

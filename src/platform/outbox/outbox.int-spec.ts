import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEvent, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Outbox } from './outbox.js';

const NOW = '2026-11-23T08:00:00Z';
const happened = defineEvent<{ mark: string; n: number }>('probe-outbox.something-happened.v1');

describe('the outbox', () => {
  let test: TestApp;
  let outbox: Outbox;
  beforeAll(async () => {
    test = await startTestApp({ now: NOW });
    outbox = test.get(Outbox);
  });
  afterAll(() => test.stop());

  const written = (mark: string) =>
    test.sql(
      `SELECT payload ->> 'n' AS n, actor_id AS actor, request_id AS request, occurred_at AS at
       FROM platform.outbox_event WHERE payload ->> 'mark' = $1 ORDER BY xid, seq`,
      [mark],
    );

  it('cannot be written outside a transaction: the event would stay when the fact does not', async () => {
    const mark = newId();
    await expect(test.asSystem(() => outbox.append(happened, { mark, n: 1 }))).rejects.toThrow(
      'outbox.append must run inside a unit of work',
    );
    expect(await written(mark)).toEqual([]);
  });

  it('writes who caused the event, in which request and when', async () => {
    const [accountId, mark] = [newId(), newId()];
    await test.as({ accountId }, () => test.uow.run(() => outbox.append(happened, { mark, n: 1 })));
    expect(await written(mark)).toEqual([
      { n: '1', actor: accountId, request: expect.stringMatching(/^test-/), at: new Date(NOW) },
    ]);
  });

  it('keeps the order of many, and the author of each where one transaction carries several requests', async () => {
    const mark = newId();
    const by = (actorId: string) => ({ actorId, permission: null, requestId: `of-${actorId}` });
    const event = (n: number) => ({ event: happened, payload: { mark, n } });
    await test.asSystem(() =>
      test.uow.run(() =>
        outbox.appendAll([{ ...event(1), by: by('a') }, event(2), { ...event(3), by: by('b') }]),
      ),
    );
    expect(await written(mark)).toMatchObject([
      { n: '1', actor: 'a', request: 'of-a' },
      { n: '2', actor: 'system:test' },
      { n: '3', actor: 'b', request: 'of-b' },
    ]);
  });
});

describe('an event type', () => {
  it.each(['Probe.happened.v1', 'probe.happened', 'probe.happened.v', 'probe.happened.v1.x', 'happened.v1'])(
    'is not called %s',
    (type) => {
      expect(() => defineEvent(type)).toThrow(`Not an event type: ${type}`);
    },
  );

  it('is declared once', () => {
    expect(() => defineEvent(happened.type)).toThrow('declared twice');
  });
});

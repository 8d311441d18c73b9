import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { AuditTrail } from './audit-trail.js';

describe('the audit trail', () => {
  let test: TestApp;
  let audit: AuditTrail;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-11-23T08:00:00Z' });
    audit = test.get(AuditTrail);
  });
  afterAll(() => test.stop());

  const entries = (objectId: string) =>
    test.sql('SELECT * FROM platform.audit_entry WHERE object_id = $1 ORDER BY id', [objectId]);

  it('writes who did what, from what to what, when and in which request', async () => {
    const [accountId, objectId] = [newId(), newId()];
    await test.as({ accountId }, () =>
      test.uow.run(() =>
        audit.record({
          action: 'probe.change',
          objectType: 'probe',
          objectId,
          before: { state: 'a' },
          after: { state: 'b' },
        }),
      ),
    );
    expect(await entries(objectId)).toMatchObject([
      {
        action: 'probe.change',
        object_type: 'probe',
        actor_id: accountId,
        before: { state: 'a' },
        after: { state: 'b' },
        at: new Date('2026-11-23T08:00:00Z'),
        request_id: expect.stringMatching(/^test-/),
      },
    ]);
  });

  it('keeps the author of each change where one transaction carries several requests', async () => {
    const objectId = newId();
    const by = (actorId: string) => ({ actorId, permission: 'probe:do', requestId: `of-${actorId}` });
    const record = { action: 'probe.change', objectType: 'probe', objectId };
    await test.asSystem(() =>
      test.uow.run(() => audit.recordAll([{ ...record, by: by('a') }, { ...record, by: by('b') }, record])),
    );
    expect(
      (await entries(objectId)).map(({ actor_id, permission, request_id }) => [
        actor_id,
        permission,
        request_id,
      ]),
    ).toEqual([
      ['a', 'probe:do', 'of-a'],
      ['b', 'probe:do', 'of-b'],
      ['system:test', null, expect.any(String)],
    ]);
  });

  it('is undone with the change, and cannot be written without one', async () => {
    const objectId = newId();
    const record = { action: 'probe.change', objectType: 'probe', objectId };
    const failed = test.asSystem(() =>
      test.uow.run(async () => {
        await audit.record(record);
        throw new Error('the change failed');
      }),
    );
    await expect(failed).rejects.toThrow('the change failed');
    await expect(test.asSystem(() => audit.record(record))).rejects.toThrow('inside a unit of work');
    expect(await entries(objectId)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId } from '#libs/kernel';
import { accountCreated } from '#modules/identity';
import { TellPeopleConcerned } from '../../src/modules/notifications/tell-people-concerned.handler.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { givenRunningProject, givenVolunteers } from '../support/given-shift.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';

/** The relay creates one task per event; here its guard is taken away and the same event comes eight times at once. */
describe('one event that is delivered many times', () => {
  let mail: MailServer;
  let test: TestApp;

  beforeAll(async () => {
    mail = await startMailServer();
    test = await startTestApp({ env: { SMTP_URL: mail.url } });
    await givenRunningProject(test);
  });
  afterAll(async () => {
    await test.stop();
    await mail.stop();
  });

  const deliverEightTimes = async (): Promise<{ messages: number; emails: number }> => {
    const [accountId = ''] = await givenVolunteers(test, 1);
    const to = `${accountId}@example.org`;
    await test.sql('UPDATE identity.account SET email = $2 WHERE id = $1', [accountId, to]);
    const info = { taskId: newId(), eventId: newId(), eventType: accountCreated.type, attempts: 0 };
    const handler = test.get(TellPeopleConcerned);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        test.asSystem(() => test.uow.run(() => handler.run({ accountId }, info))),
      ),
    );
    await test.settle();
    const rows = await test.sql('SELECT 1 FROM notifications.message WHERE account_id = $1', [accountId]);
    return { messages: rows.length, emails: mail.receivedBy(to).length };
  };

  it('reaches a person once, in the inbox and by e-mail', async () => {
    expect(await deliverEightTimes()).toEqual({ messages: 1, emails: 1 });
  });

  it('negative control: without the unique constraint it arrives many times', async () => {
    const owner = new pg.Client({ connectionString: test.database.url });
    await owner.connect();
    await owner.query('ALTER TABLE notifications.message DROP CONSTRAINT message_once');
    await owner.end();
    expect(await deliverEightTimes()).toEqual({ messages: 8, emails: 8 });
  });
});

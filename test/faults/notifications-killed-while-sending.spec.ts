import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IdentityApi } from '#modules/identity';
import { startTestApp, type TestApp } from '../support/app.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';

const WORKER = join(import.meta.dirname, '..', '..', 'dist', 'src', 'worker.js');
const LEASE_MS = 1_500;

/** A worker of its own, as in production, so that it can be killed as in production. */
describe('a worker that is killed while it talks to the mail server', () => {
  let mail: MailServer;
  let test: TestApp;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    mail = await startMailServer();
    test = await startTestApp();
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await test.stop();
    await mail.stop();
  });

  const startWorker = () => {
    const worker = spawn(process.execPath, [WORKER], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        DATABASE_URL: test.database.url,
        SMTP_URL: mail.url,
        TASK_LEASE_MS: String(LEASE_MS * 4),
        TASK_REQUEUE_MS: String(LEASE_MS),
        QUEUE_LOCK_MS: '1000',
        DATABASE_POOL_SIZE: '4',
        QUEUE_POOL_SIZE: '2',
        LOG_LEVEL: 'silent',
      },
    });
    workers.push(worker);
    return worker;
  };
  const register = (kind: string) =>
    test.asSystem(() =>
      test.get(IdentityApi).createAccount({
        login: kind,
        displayName: '某人',
        password: 'a bridge of stones 7',
        email: `${kind}@example.org`,
      }),
    );
  const emails = () =>
    test.sql<{ state: string; attempts: number }>(
      'SELECT state, attempts FROM notifications.email ORDER BY id',
    );
  const until = async (what: string, holds: () => Promise<boolean> | boolean) => {
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      if (await holds()) return;
      await delay(50);
    }
    throw new Error(`Waited in vain for: ${what}`);
  };

  it('leaves an e-mail that nobody sends again, in the operator’s list, and the message in the inbox', async () => {
    await register('silent');
    const first = startWorker();
    await until('the text at the mail server', () => mail.readBy('silent@example.org').length === 1);
    expect(await emails()).toEqual([{ state: 'sending', attempts: 1 }]);
    first.kill('SIGKILL');
    await once(first, 'exit');

    startWorker();
    await until('the verdict', async () => (await emails())[0]?.state === 'uncertain');
    // The second worker is alive and sends: it is not for lack of a worker that nothing is repeated.
    await register('reader');
    await until('the next e-mail', () => mail.receivedBy('reader@example.org').length === 1);
    expect(mail.readBy('silent@example.org')).toHaveLength(1);
    expect(await emails()).toMatchObject([{ state: 'uncertain', attempts: 1 }, { attempts: 1 }]);
    expect(await test.sql('SELECT 1 FROM notifications.message')).toHaveLength(2);
  });

  it('negative control: an attempt that was not committed before the dialogue is sent twice', async () => {
    await register('silent-again');
    await until('the text at the mail server', () => mail.readBy('silent-again@example.org').length === 1);
    const second = workers.at(-1);
    second?.kill('SIGKILL');
    if (second) await once(second, 'exit');
    // As if the attempt had been written down only afterwards.
    await test.sql("UPDATE notifications.email SET state = 'queued', attempts = 0 WHERE state = 'sending'");
    startWorker();
    await until('the second copy', () => mail.readBy('silent-again@example.org').length === 2);
  });
});

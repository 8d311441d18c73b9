import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IdentityApi } from '#modules/identity';
import { startTestApp, type TestApp } from '../support/app.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';
import { root } from './program.js';
import { clockOfThisRun } from '../support/moved-clock.mjs';
import { until } from '../support/until.js';

const WORKER = join(root, 'dist', 'src', 'worker.js');
const CARELESS_WORKER = pathToFileURL(join(root, 'test', 'faults', 'careless-worker.mjs')).href;
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
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(killNine));
  });
  afterAll(async () => {
    await test.stop();
    await mail.stop();
  });

  /** @param careless which guard it does without */
  const startWorker = (careless?: 'written-before-it-is-sent') => {
    const preload = careless === undefined ? [] : ['--import', CARELESS_WORKER];
    const worker = spawn(process.execPath, [...preload, WORKER], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        ...clockOfThisRun(),
        NODE_ENV: 'test',
        DATABASE_URL: test.database.url,
        SMTP_URL: mail.url,
        TASK_LEASE_MS: String(LEASE_MS * 4),
        TASK_REQUEUE_MS: String(LEASE_MS),
        QUEUE_LOCK_MS: '1000',
        DATABASE_POOL_SIZE: '4',
        QUEUE_POOL_SIZE: '2',
        LOG_LEVEL: 'silent',
        ...(careless && { CARELESS: careless }),
      },
    });
    workers.push(worker);
    return worker;
  };
  const killNine = async (worker: ChildProcess) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const exit = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exit;
  };
  /** Somebody new, who is welcomed by e-mail. @returns the address */
  const register = async (login: string) => {
    const email = `${login}@example.org`;
    const account = { login, displayName: '某人', password: 'a bridge of stones 7', email };
    await test.asSystem(() => test.get(IdentityApi).createAccount(account));
    return email;
  };
  const emailTo = async (address: string) => {
    const [email] = await test.sql<{ state: string; attempts: number }>(
      `SELECT e.state, e.attempts FROM notifications.delivery e
       JOIN notifications.message m ON m.id = e.message_id JOIN identity.account a ON a.id = m.account_id
       WHERE a.email = $1`,
      [address],
    );
    return email;
  };

  it('leaves an e-mail that nobody sends again, in the operator’s list, and the message in the inbox', async () => {
    const address = await register('silent');
    const first = startWorker();
    await until('the text at the mail server', () => mail.readBy(address).length === 1);
    expect(await emailTo(address)).toEqual({ state: 'sending', attempts: 1 });
    await killNine(first);

    startWorker();
    await until('the verdict', async () => (await emailTo(address))?.state === 'uncertain');
    // The second worker is alive and sends: it is not for lack of a worker that nothing is repeated.
    const next = await register('reader');
    await until('the next e-mail', () => mail.receivedBy(next).length === 1);
    expect(mail.readBy(address)).toHaveLength(1);
    expect(await emailTo(address)).toEqual({ state: 'uncertain', attempts: 1 });
    const messages = await test.sql(
      'SELECT 1 FROM notifications.message m JOIN identity.account a ON a.id = m.account_id WHERE a.email = $1',
      [address],
    );
    expect(messages).toHaveLength(1);
  });

  it('control: of an attempt that is written down only with its outcome nothing is left, and it is sent twice', async () => {
    const address = await register('silent-too');
    const careless = startWorker('written-before-it-is-sent');
    await until('the text at the mail server', () => mail.readBy(address).length === 1);
    expect(await emailTo(address)).toEqual({ state: 'queued', attempts: 0 });
    await killNine(careless);
    startWorker();
    await until('the second copy', () => mail.readBy(address).length === 2);
  });
});

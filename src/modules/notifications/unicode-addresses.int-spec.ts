import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IdentityApi } from '#modules/identity';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { type MailServer, startMailServer } from '../../../test/support/mail-server.js';
import { UnresolvedEmailReads } from './unresolved-emails.read.js';
import { offersSmtpUtf8, wireAddress } from './unicode-addresses.js';

const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000 };

describe.each([
  ['with SMTPUTF8', true],
  ['without SMTPUTF8', false],
])('an address of other letters at a mail server %s', (_which, smtpUtf8) => {
  let mail: MailServer;
  let test: TestApp;
  let serial = 0;
  beforeAll(async () => {
    mail = await startMailServer({ smtpUtf8 });
    test = await startTestApp({ now: '2026-11-23T01:00:00Z', env: { SMTP_URL: mail.url } });
  });
  afterAll(async () => {
    await test.stop();
    await mail.stop();
  });

  /** As they were on the wire. */
  const recipients = () =>
    [
      ...mail
        .heard()
        .toString()
        .matchAll(/^RCPT TO:<(.*?)>/gm),
    ].map(([, address]) => address);

  /** The letter of welcome to somebody who registers with the address. */
  async function welcomed(email: string) {
    serial += 1;
    const accountId = await test.asSystem(() =>
      test.get(IdentityApi).createAccount({
        login: `letters-${serial}`,
        displayName: '收件人',
        password: 'a bridge of stones 7',
        email,
      }),
    );
    await test.settle();
    const [row] = await test.sql<{ id: string; state: string; attempts: number; last_error: string | null }>(
      `SELECT e.id, e.state, e.attempts, e.last_error FROM notifications.delivery e
       JOIN notifications.message m ON m.id = e.message_id WHERE m.account_id = $1`,
      [accountId],
    );
    return row;
  }

  it('is known by asking the server', async () => {
    expect(await offersSmtpUtf8(mail.url, TIMEOUTS)).toBe(smtpUtf8);
  });

  it('goes out only where the server may be given it, and is listed for the operator otherwise', async () => {
    const email = await welcomed('用户@example.com');
    const { items } = await test.get(UnresolvedEmailReads).list({ limit: 50, state: 'failed' });
    const listed = items.map(({ id, lastError }) => [id, lastError]);
    if (smtpUtf8) {
      expect(email).toMatchObject({ state: 'sent', attempts: 1, last_error: null });
      expect(mail.receivedBy('用户@example.com')).toMatchObject([{ smtpUtf8: true }]);
      expect(listed).toEqual([]);
    } else {
      expect(email).toMatchObject({ state: 'failed', attempts: 1, last_error: 'no-smtputf8' });
      expect(listed).toEqual([[email?.id, 'no-smtputf8']]);
      expect(mail.read).toEqual([]);
      expect(recipients()).toEqual([]);
      expect(mail.heard().every((byte) => byte < 0x80)).toBe(true);
    }
  });

  it('has its domain written in punycode, which every server takes', async () => {
    expect(await welcomed('reader@例子.中国')).toMatchObject({ state: 'sent' });
    expect(recipients().at(-1)).toBe('reader@xn--fsqu00a.xn--fiqs8s');
    expect(mail.receivedBy('reader@例子.中国')).toMatchObject([{ smtpUtf8: false }]);
  });

  it('is refused with a domain that has no such form', async () => {
    const before = recipients();
    expect(await welcomed('reader@exa mple.com')).toMatchObject({
      state: 'failed',
      last_error: 'domain-malformed',
    });
    expect(recipients()).toEqual(before);
  });
});

describe('an address on the wire', () => {
  it('keeps the part before the last @ and writes the domain in ASCII', () => {
    expect(wireAddress('Reader@Example.COM')).toBe('Reader@example.com');
    expect(wireAddress('"a@b"@例子.中国')).toBe('"a@b"@xn--fsqu00a.xn--fiqs8s');
    for (const address of ['@example.com', 'reader', 'reader@', 'reader@exa mple.com'])
      expect(wireAddress(address)).toBeUndefined();
  });
});

describe('a mail server that cannot be asked', () => {
  it('is asked again later, as for any other address', async () => {
    const mail = await startMailServer();
    await mail.stop();
    await expect(offersSmtpUtf8(mail.url, TIMEOUTS)).rejects.toMatchObject({ code: 'ESOCKET' });
    const test = await startTestApp({ now: '2026-11-23T01:00:00Z', env: { SMTP_URL: mail.url } });
    try {
      await test.asSystem(() =>
        test.get(IdentityApi).createAccount({
          login: 'letters',
          displayName: '收件人',
          password: 'a bridge of stones 7',
          email: '用户@example.com',
        }),
      );
      await test.settle();
      expect(await test.sql('SELECT state, attempts, last_error FROM notifications.delivery')).toEqual([
        { state: 'queued', attempts: 1, last_error: 'esocket' },
      ]);
    } finally {
      await test.stop();
    }
  });
});

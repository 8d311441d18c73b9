import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#platform';
import { emailText } from './email-text.js';
import { Mailer } from './mailer.js';

const mailerOf = (settings: Record<string, string>) =>
  new Mailer(
    loadConfig({ NODE_ENV: 'test', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', ...settings }),
  );

describe('the mailer', () => {
  it('names its messages under the domain of the sender', () => {
    expect(mailerOf({ MAIL_FROM: '邻桥 <noreply@mail.example.org>' }).messageIdFor('1')).toBe(
      '<1@mail.example.org>',
    );
    for (const settings of [{}, { MAIL_FROM: 'noreply@邻桥.example' }, { MAIL_FROM: '邻桥' }]) {
      expect(mailerOf(settings).messageIdFor('1')).toBe('<1@linqiao.invalid>');
    }
  });

  it('is off without the address of a server, and then sends nothing', async () => {
    expect(mailerOf({ SMTP_URL: 'smtp://127.0.0.1:1' }).isOn).toBe(true);
    const off = mailerOf({});
    expect(off.isOn).toBe(false);
    const email = { to: 'reader@example.org', subject: 's', text: 't', messageId: '<1@example.org>' };
    expect(await off.send(email)).toEqual({ kind: 'deferred', code: 'switched-off' });
  });

  it('defers what it cannot hand over to any server', async () => {
    const email = { to: 'reader@example.org', subject: 's', text: 't', messageId: '<1@example.org>' };
    const mailer = mailerOf({ SMTP_URL: 'smtp://127.0.0.1:1' });
    expect(await mailer.send(email)).toMatchObject({ kind: 'deferred' });
    mailer.onApplicationShutdown();
  });
});

describe('the text of an e-mail', () => {
  const zh = { subject: '主题', body: '正文' };
  const en = { subject: 'Subject', body: 'Body' };

  it('says the same in both languages, the reader’s first, and how to switch it off', () => {
    for (const [locale, first, second] of [
      ['zh-CN', '正文', 'Body'],
      ['en', 'Body', '正文'],
    ] as const) {
      const { subject, text } = emailText(zh, en, locale, 'https://example.org');
      expect(subject).toBe(locale === 'en' ? '[Linqiao] Subject | 主题' : '【邻桥】主题 | Subject');
      expect(text.indexOf(first)).toBeLessThan(text.indexOf(second));
      expect(text.match(/https:\/\/example\.org/g)).toHaveLength(2);
      expect(text).toMatch(/可在通知偏好中关闭邮件/);
      expect(text).toMatch(/switched off in the notification preferences/);
    }
  });
});

import type { Locale } from '#platform';
import type { Message } from '#platform';

/** Both languages in one e-mail, the reader's first. Plain text: every program shows it, nothing tracks. */
export function emailText(
  zh: Message,
  en: Message,
  locale: Locale,
  publicUrl: string,
): { subject: string; text: string } {
  const chinese = `${zh.body}\n\n登录查看：${publicUrl}\n此邮件由系统自动发出，请勿回复；可在通知偏好中关闭邮件。`;
  const english = `${en.body}\n\nSign in: ${publicUrl}\nThis e-mail was sent automatically; please do not answer. E-mails can be switched off in the notification preferences.`;
  const rule = '\n\n————————\n\n';
  return locale === 'en'
    ? { subject: `[Linqiao] ${en.subject} | ${zh.subject}`, text: `${english}${rule}${chinese}\n` }
    : { subject: `【邻桥】${zh.subject} | ${en.subject}`, text: `${chinese}${rule}${english}\n` };
}

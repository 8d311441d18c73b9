import { defineCheck } from '#platform';

defineCheck({
  name: 'notifications.queued-emails-have-a-task',
  zh: '每封待发邮件都有发送任务',
  en: 'Every e-mail that waits has a task that will send it, or a dead letter that shows',
  sql: `SELECT e.id, e.attempts FROM notifications.delivery e
        WHERE e.channel = 'email' AND e.state = 'queued' AND NOT EXISTS (
          SELECT FROM platform.task t WHERE t.handler = 'notifications.send-email'
            AND t.payload ->> 'emailId' = e.id::text AND t.state IN ('waiting', 'queued', 'dead'))`,
});

defineCheck({
  name: 'notifications.sending-ends-soon',
  zh: '没有邮件停留在“发送中”超过一天',
  en: 'No e-mail stays in "sending" for more than a day',
  sql: `SELECT id, attempts FROM notifications.delivery
        WHERE state = 'sending' AND sending_at < :now - interval '1 day'`,
});

import { defineErrors } from '#libs/kernel';

export const notificationErrors = defineErrors('notifications', {
  emailIsOff: {
    code: 'notifications.email-is-off',
    kind: 'conflict',
    zh: '系统未配置邮件服务器，无法重新发送。',
    en: 'No mail server is configured, so nothing can be sent again.',
  },
});

import { definePermissions } from '#libs/kernel';

export const notificationPermissions = definePermissions('notifications', {
  read: { zh: '查看自己的消息', en: "Read one's own messages", roles: ['member'] },
  prefer: { zh: '设置通知偏好', en: 'Choose how to be notified', roles: ['member'] },
  'resolve-emails': {
    zh: '处理结果不明的邮件',
    en: 'Resolve e-mails whose delivery is uncertain',
    roles: ['platform-operator'],
  },
});

import { defineNotice } from '#platform';
import { accountCreated } from './accounts.events.js';

export const aboutAccount = ({ accountId }: { accountId: string }) => ({ type: 'account', id: accountId });

defineNotice(accountCreated, {
  about: aboutAccount,
  facts: (payload) => payload,
  tell: [
    {
      who: ({ accountId }) => [accountId],
      zh: () => ({
        subject: '欢迎使用邻桥',
        body: '您的账号已经开通。若不是您本人注册，请联系平台运维人员。',
      }),
      en: () => ({
        subject: 'Welcome to Linqiao',
        body: 'Your account is open. If it was not you who registered, tell the platform operator.',
      }),
    },
  ],
});

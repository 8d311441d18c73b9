import { ROLES } from '#libs/kernel';
import { defineNotice } from '#platform';
import { accountCreated, type RoleChange, roleGranted, roleRevoked } from './identity.events.js';

/** Roles in an organization are told by the organization's own events, with its name. */
const inAreaOnly = ({ accountId, areaCode }: RoleChange): string[] =>
  areaCode === undefined ? [] : [accountId];

defineNotice(accountCreated, {
  about: ({ accountId }) => ({ type: 'account', id: accountId }),
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

defineNotice(roleGranted, {
  about: ({ accountId }) => ({ type: 'account', id: accountId }),
  facts: (payload) => payload,
  tell: [
    {
      who: inAreaOnly,
      zh: ({ role, areaCode }) => ({
        subject: `您获得了新角色：${ROLES[role].zh}`,
        body: `您在辖区 ${areaCode ?? ''} 获得角色“${ROLES[role].zh}”。`,
      }),
      en: ({ role, areaCode }) => ({
        subject: `You have a new role: ${ROLES[role].en}`,
        body: `You now hold the role "${ROLES[role].en}" in the area ${areaCode ?? ''}.`,
      }),
    },
  ],
});

defineNotice(roleRevoked, {
  about: ({ accountId }) => ({ type: 'account', id: accountId }),
  facts: (payload) => payload,
  tell: [
    {
      who: inAreaOnly,
      zh: ({ role, areaCode }) => ({
        subject: `您的角色已被撤销：${ROLES[role].zh}`,
        body: `您在辖区 ${areaCode ?? ''} 的角色“${ROLES[role].zh}”已被撤销。`,
      }),
      en: ({ role, areaCode }) => ({
        subject: `A role of yours was taken back: ${ROLES[role].en}`,
        body: `You no longer hold the role "${ROLES[role].en}" in the area ${areaCode ?? ''}.`,
      }),
    },
  ],
});

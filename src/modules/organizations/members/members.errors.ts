import { defineErrors } from '#libs/kernel';

export const membersErrors = defineErrors('organizations', {
  accountNotFound: {
    code: 'organizations.account-not-found',
    kind: 'unprocessable',
    zh: '没有使用该登录名的账号。',
    en: 'No account has this login.',
  },
  memberNotFound: {
    code: 'organizations.member-not-found',
    kind: 'not-found',
    zh: '该成员没有这个角色。',
    en: 'This person does not hold this role.',
  },
  lastAdmin: {
    code: 'organizations.last-admin',
    kind: 'conflict',
    zh: '机构至少要有一名负责人。',
    en: 'An organization keeps at least one administrator.',
  },
});

import { defineErrors } from '#libs/kernel';

export const decisionsErrors = defineErrors('organizations', {
  decidedByMember: {
    code: 'organizations.decided-by-member',
    kind: 'forbidden',
    zh: '机构成员不能审核或备案本机构。',
    en: 'A member of the organization cannot decide on it.',
  },
});

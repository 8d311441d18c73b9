import { definePermissions } from '#libs/kernel';

export const decisionsPermissions = definePermissions('organizations', {
  decide: {
    zh: '审核、暂停和恢复机构',
    en: 'Approve, reject, suspend and reinstate organizations',
    roles: ['civil-affairs'],
  },
  file: { zh: '街道备案', en: 'File a group with the street', roles: ['civil-affairs', 'community-worker'] },
});

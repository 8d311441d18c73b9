import { definePermissions } from '#libs/kernel';

export const tenderingPermissions = definePermissions('procurement', {
  draft: { zh: '编制采购文件', en: 'Draft tenders', roles: ['purchaser'] },
  approve: { zh: '审批采购文件', en: 'Approve tenders', roles: ['approver'] },
  publish: { zh: '发布采购公告', en: 'Publish tenders', roles: ['purchaser'] },
  cancel: { zh: '终止采购', en: 'Cancel tenders', roles: ['approver'] },
});

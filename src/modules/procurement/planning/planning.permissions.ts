import { definePermissions } from '#libs/kernel';

export const planningPermissions = definePermissions('procurement', {
  view: {
    zh: '查看采购计划与项目（含未公告）',
    en: 'See plans and tenders, unpublished ones too',
    roles: ['purchaser', 'approver', 'finance', 'civil-affairs', 'supervisor', 'auditor'],
  },
  plan: {
    zh: '编制采购计划、公开采购意向',
    en: 'Prepare plans, publish intentions',
    roles: ['purchaser'],
  },
});

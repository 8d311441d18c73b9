import { definePermissions } from '#libs/kernel';

export const procurementPermissions = definePermissions('procurement', {
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
  draft: { zh: '编制采购文件', en: 'Draft tenders', roles: ['purchaser'] },
  approve: { zh: '审批采购文件', en: 'Approve tenders', roles: ['approver'] },
  publish: { zh: '发布采购公告', en: 'Publish tenders', roles: ['purchaser'] },
  cancel: { zh: '终止采购', en: 'Cancel tenders', roles: ['approver'] },
  bid: {
    zh: '提交响应文件',
    en: 'Bid for the own organization',
    roles: ['organization-admin', 'organization-staff'],
  },
  overseeBids: {
    zh: '查看全部已开启的响应文件',
    en: 'See all opened bids as an official',
    roles: ['purchaser', 'approver', 'supervisor', 'auditor'],
  },
  viewBids: {
    zh: '查看已开启的响应文件',
    en: 'See opened bids',
    roles: ['purchaser', 'approver', 'evaluator', 'supervisor', 'auditor'],
  },
  appoint: { zh: '组建评审小组', en: 'Appoint evaluators', roles: ['purchaser'] },
  qualify: { zh: '资格审查', en: 'Decide on qualification', roles: ['purchaser'] },
  evaluate: { zh: '评审', en: 'Evaluate bids', roles: ['evaluator'] },
  award: { zh: '确定成交供应商', en: 'Award', roles: ['approver'] },
});

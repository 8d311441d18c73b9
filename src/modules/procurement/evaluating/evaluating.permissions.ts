import { definePermissions } from '#libs/kernel';

export const evaluatingPermissions = definePermissions('procurement', {
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
});

import { defineStates } from '#libs/kernel';

const UNDER_WAY = ['published', 'closed', 'opened', 'evaluating', 'evaluated', 'award-published'] as const;

/** Tender (采购项目). Closing and opening are a timer at the deadline; nobody visits a page for them. */
export const tenderStates = defineStates({
  name: 'procurement.tender',
  object: { zh: '采购项目', en: 'tender' },
  initial: 'draft',
  states: {
    draft: { zh: '草稿', en: 'draft' },
    approved: { zh: '已审批', en: 'approved' },
    published: { zh: '公告中', en: 'open for bids' },
    closed: { zh: '已截止', en: 'closed for bids' },
    opened: { zh: '已开启', en: 'bids opened' },
    evaluating: { zh: '评审中', en: 'under evaluation' },
    evaluated: { zh: '评审完成', en: 'evaluated' },
    'award-published': { zh: '结果已公示', en: 'result published' },
    awarded: { zh: '已成交', en: 'awarded' },
    contracted: { zh: '已签合同', en: 'under contract' },
    failed: { zh: '已废标', en: 'failed' },
    cancelled: { zh: '已取消', en: 'cancelled' },
  },
  actions: {
    edit: { zh: '修改采购文件', en: 'edit the file' },
    approve: { zh: '审批', en: 'approve' },
    publish: { zh: '发布', en: 'publish' },
    close: { zh: '截止响应', en: 'close for bids' },
    open: { zh: '开启响应文件', en: 'open the bids' },
    'begin-evaluation': { zh: '开始评审', en: 'begin the evaluation' },
    'complete-evaluation': { zh: '完成评审', en: 'complete the evaluation' },
    'publish-award': { zh: '公示结果', en: 'publish the result' },
    award: { zh: '确定成交', en: 'award' },
    contract: { zh: '签订合同', en: 'put under contract' },
    fail: { zh: '废标', en: 'declare failed' },
    cancel: { zh: '取消', en: 'cancel' },
  },
  transitions: [
    { from: 'draft', to: 'draft', by: 'edit' },
    { from: 'draft', to: 'approved', by: 'approve' },
    { from: 'approved', to: 'published', by: 'publish' },
    { from: 'published', to: 'closed', by: 'close' },
    { from: 'closed', to: 'opened', by: 'open' },
    { from: 'opened', to: 'evaluating', by: 'begin-evaluation' },
    { from: 'evaluating', to: 'evaluated', by: 'complete-evaluation' },
    { from: 'evaluated', to: 'award-published', by: 'publish-award' },
    { from: 'award-published', to: 'awarded', by: 'award' },
    { from: 'awarded', to: 'contracted', by: 'contract' },
    { from: ['closed', 'opened', 'evaluating', 'evaluated'], to: 'failed', by: 'fail' },
    { from: ['draft', 'approved', ...UNDER_WAY], to: 'cancelled', by: 'cancel' },
  ],
});

export type TenderState = (typeof tenderStates.states)[number];

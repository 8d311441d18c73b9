import { defineErrors } from '#libs/kernel';

export const tenderingErrors = defineErrors('procurement', {
  planItemAlreadyTendered: {
    code: 'procurement.plan-item-already-tendered',
    kind: 'conflict',
    zh: '该采购计划已有进行中的采购项目。',
    en: 'There is already a tender under way for this plan item.',
  },
  ceilingOverBudget: {
    code: 'procurement.ceiling-over-budget',
    kind: 'unprocessable',
    zh: '最高限价超出采购计划预算 {excessFen:yuan}。',
    en: 'The ceiling exceeds the budget of the plan item by {excessFen:yuan}.',
  },
  thresholdNotSet: {
    code: 'procurement.threshold-not-set',
    kind: 'unprocessable',
    zh: '本地区尚未设置“{figure}”，须由财政部门录入并注明来源后方可选择采购方式。',
    en: 'The figure "{figure}" is not set for this area: the finance bureau must enter it with its source before a method can be chosen.',
  },
  methodNeedsApproval: {
    code: 'procurement.method-needs-approval',
    kind: 'unprocessable',
    zh: '金额达到公开招标数额标准，采用其他方式须先经设区的市级财政部门批准并填写批准文号。',
    en: 'At or above the public-tender threshold another method needs the approval of the city finance bureau: give its document number.',
  },
  methodNotSupported: {
    code: 'procurement.method-not-supported',
    kind: 'unprocessable',
    zh: '暂不支持以“{method}”方式组织采购。',
    en: 'Tenders by the method "{method}" are not supported yet.',
  },
  criteriaUnlawful: {
    code: 'procurement.criteria-unlawful',
    kind: 'unprocessable',
    zh: '评审标准存在 {count} 处不符合规定，详见 details.problems 与 details.findings。',
    en: 'The criteria break the rules in {count} places; see details.problems and details.findings.',
  },
  drafterMayNotApprove: {
    code: 'procurement.drafter-may-not-approve',
    kind: 'forbidden',
    zh: '编制采购文件的人不得审批同一项目。',
    en: 'Who drafted a tender may not approve it.',
  },
  deadlineTooSoon: {
    code: 'procurement.deadline-too-soon',
    kind: 'unprocessable',
    zh: '截止时间太早：自发布之日起不得少于 {days} 日，最早为 {earliest}。',
    en: 'The deadline is too soon: at least {days} days from publication, {earliest} at the earliest.',
  },
  deadlineNotInFuture: {
    code: 'procurement.deadline-not-in-future',
    kind: 'unprocessable',
    zh: '截止时间必须在发布之后。',
    en: 'The deadline must lie after the publication.',
  },
  noticeNotPublishedYet: {
    code: 'procurement.notice-not-published-yet',
    kind: 'unprocessable',
    zh: '公告的发布时间不得晚于现在：公告发布后方可填写其地址和时间。',
    en: 'The notice cannot have been published later than now: enter its address and time once it is out.',
  },
});

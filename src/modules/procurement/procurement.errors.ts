import { defineErrors } from '#libs/kernel';

/** Refusals of procurement. What is wrong with a row of an import has its own list in domain/plan-file.errors.ts. */
export const procurementErrors = defineErrors('procurement', {
  budgetLineOfOtherBuyer: {
    kind: 'unprocessable',
    zh: '该预算指标不属于所选的采购人。',
    en: 'The budget line belongs to another buyer.',
  },
  budgetLineOfOtherArea: {
    kind: 'unprocessable',
    zh: '该预算指标不在本采购计划所在地区。',
    en: 'The budget line belongs to another area than the plan item.',
  },
  budgetLineClosed: { kind: 'conflict', zh: '该预算指标已结账。', en: 'The budget line is closed.' },
  budgetLineTooSmall: {
    kind: 'conflict',
    zh: '该预算指标可用金额不足，还差 {missingFen:yuan}。没有预算不得采购。',
    en: 'The budget line is short of {missingFen:yuan}: nothing is purchased without a budget.',
  },
  opinionMissing: {
    kind: 'unprocessable',
    zh: '公共服务项目须先征求公众意见并记录（政府采购法实施条例第十五条）。',
    en: 'For a public service the opinion of the public must be recorded first (GPLR article 15).',
  },
  surveyMissing: {
    kind: 'unprocessable',
    zh: '公共服务项目须先开展需求调查并记录（财库〔2021〕22号）。',
    en: 'For a public service the survey of needs must be recorded first (Caiku 2021 No. 22).',
  },
  surveyTooFewRespondents: {
    kind: 'unprocessable',
    zh: '向市场调查的对象不得少于 {required} 个。',
    en: 'A market survey asks at least {required} market subjects.',
  },
  opinionNotAnswered: {
    kind: 'unprocessable',
    zh: '收到意见的，须记录采纳或答复情况；结束日期不得早于开始日期。',
    en: 'Comments need a recorded reply, and the period ends on or after the day it began.',
  },
  opinionNotHeldYet: {
    kind: 'unprocessable',
    zh: '该次征求意见或调查于 {endedOn} 才结束，结束后方可记录。',
    en: 'It has not been held yet: it ends on {endedOn} and can be recorded from then on.',
  },
  intentionTooRecent: {
    kind: 'unprocessable',
    zh: '采购意向公开须满 {days} 日：最早于 {earliest} 开始采购，或说明豁免理由。',
    en: 'The intention must have been public for {days} days: start on {earliest} at the earliest, or give the reason for an exemption.',
  },
  planItemAlreadyTendered: {
    kind: 'conflict',
    zh: '该采购计划已有进行中的采购项目。',
    en: 'There is already a tender under way for this plan item.',
  },
  ceilingOverBudget: {
    kind: 'unprocessable',
    zh: '最高限价超出采购计划预算 {excessFen:yuan}。',
    en: 'The ceiling exceeds the budget of the plan item by {excessFen:yuan}.',
  },
  thresholdNotSet: {
    kind: 'unprocessable',
    zh: '本地区尚未设置“{figure}”，须由财政部门录入并注明来源后方可选择采购方式。',
    en: 'The figure "{figure}" is not set for this area: the finance bureau must enter it with its source before a method can be chosen.',
  },
  methodNeedsApproval: {
    kind: 'unprocessable',
    zh: '金额达到公开招标数额标准，采用其他方式须先经设区的市级财政部门批准并填写批准文号。',
    en: 'At or above the public-tender threshold another method needs the approval of the city finance bureau: give its document number.',
  },
  methodNotSupported: {
    kind: 'unprocessable',
    zh: '暂不支持以“{method}”方式组织采购。',
    en: 'Tenders by the method "{method}" are not supported yet.',
  },
  criteriaUnlawful: {
    kind: 'unprocessable',
    zh: '评审标准存在 {count} 处不符合规定，详见 details.problems 与 details.findings。',
    en: 'The criteria break the rules in {count} places; see details.problems and details.findings.',
  },
  drafterMayNotApprove: {
    kind: 'forbidden',
    zh: '编制采购文件的人不得审批同一项目。',
    en: 'Who drafted a tender may not approve it.',
  },
  deadlineTooSoon: {
    kind: 'unprocessable',
    zh: '截止时间太早：自发布之日起不得少于 {days} 日，最早为 {earliest}。',
    en: 'The deadline is too soon: at least {days} days from publication, {earliest} at the earliest.',
  },
  deadlineNotInFuture: {
    kind: 'unprocessable',
    zh: '截止时间必须在发布之后。',
    en: 'The deadline must lie after the publication.',
  },
  noticeNotPublishedYet: {
    kind: 'unprocessable',
    zh: '公告的发布时间不得晚于现在：公告发布后方可填写其地址和时间。',
    en: 'The notice cannot have been published later than now: enter its address and time once it is out.',
  },
  biddingClosed: {
    kind: 'conflict',
    zh: '该项目当前不接受响应文件（未发布或已截止）。',
    en: 'The tender takes no bids now: it is not published or its deadline is over.',
  },
  bidOverCeiling: {
    kind: 'unprocessable',
    zh: '报价超过最高限价 {ceilingFen:yuan}。',
    en: 'The offer is above the ceiling of {ceilingFen:yuan}.',
  },
  bidNotFixedPrice: {
    kind: 'unprocessable',
    zh: '本项目为固定价格，报价须等于 {priceFen:yuan}。',
    en: 'The price is fixed: the offer must be {priceFen:yuan}.',
  },
  bidResponsesIncomplete: {
    kind: 'unprocessable',
    zh: '响应内容与评审因素不一致：{criterionId}。',
    en: 'The responses do not fit the criteria: {criterionId}.',
  },
  organizationAmbiguous: {
    kind: 'unprocessable',
    zh: '您属于多个机构，请指明以哪个机构提交。',
    en: 'You belong to several organizations: say for which one you bid.',
  },
  buyerMayNotBid: {
    kind: 'forbidden',
    zh: '采购人不得参加自己的采购项目。',
    en: 'The buyer may not bid in its own tender.',
  },
  bidsSealed: {
    kind: 'conflict',
    zh: '响应文件尚未开启。',
    en: 'The bids are sealed until the opening.',
  },
  committeeSize: {
    kind: 'unprocessable',
    zh: '评审小组须为不少于 {required} 人的单数，目前为 {size} 人。',
    en: 'The committee must be an odd number of at least {required}; it would be {size}.',
  },
  evaluatorNotEligible: {
    kind: 'unprocessable',
    zh: '账号 {accountId} 在本地区不是评审专家，或参与了本项目的编制、审批，或属于参加本项目的机构。',
    en: 'The account {accountId} is no evaluator in this area, took part in drafting or approving the tender, or belongs to a bidder.',
  },
  declarationMissing: {
    kind: 'conflict',
    zh: '请先声明是否存在利害关系。',
    en: 'Declare your interests first.',
  },
  declarationMadeAlready: {
    kind: 'conflict',
    zh: '您已作出利害关系声明。',
    en: 'You have declared your interests already.',
  },
  evaluatorRecused: {
    kind: 'forbidden',
    zh: '您已回避本项目，不能评审。',
    en: 'You stepped aside from this tender and cannot score it.',
  },
  qualificationPending: {
    kind: 'conflict',
    zh: '资格审查尚未完成。',
    en: 'The qualification of the bids is not decided yet.',
  },
  scoringBegan: {
    kind: 'conflict',
    zh: '评分已经开始，不能再更改。',
    en: 'Scoring has begun; this can no longer be changed.',
  },
  bidCannotQualify: {
    kind: 'unprocessable',
    zh: '该响应文件无法读取或报价超过最高限价，不能通过审查。',
    en: 'The bid cannot be read or is above the ceiling: it cannot pass.',
  },
  sheetInvalid: {
    kind: 'unprocessable',
    zh: '评分表有 {count} 处问题，详见 details.problems。',
    en: 'The score sheet has {count} problems; see details.problems.',
  },
  sheetSigned: {
    kind: 'conflict',
    zh: '评分表已签署，不能再修改。',
    en: 'The score sheet is signed and final.',
  },
  resultNotPublic: {
    kind: 'not-found',
    zh: '评审结果尚未公布。',
    en: 'The result of the evaluation is not public yet.',
  },
  alreadyAwarded: {
    kind: 'conflict',
    zh: '该项目已确定成交供应商。',
    en: 'The tender has been awarded already.',
  },
  notTheFirst: {
    kind: 'unprocessable',
    zh: '只能按顺序确定排名第一的供应商；前一名拒绝的，须说明理由。',
    en: 'Only the first in rank can be awarded; after a refusal the next one, with the reason.',
  },
  bidNotRanked: {
    kind: 'unprocessable',
    zh: '该响应文件不在本项目的评审排名中。',
    en: 'The bid is not in the ranking of this tender.',
  },
  awarderTookPart: {
    kind: 'forbidden',
    zh: '编制采购文件的人和评审专家不得确定成交结果。',
    en: 'Who drafted the tender or evaluated its bids may not award it.',
  },
});

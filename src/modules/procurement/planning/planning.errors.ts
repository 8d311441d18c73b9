import { defineErrors } from '#libs/kernel';

export const planningErrors = defineErrors('procurement', {
  budgetLineOfOtherBuyer: {
    code: 'procurement.budget-line-of-other-buyer',
    kind: 'unprocessable',
    zh: '该预算指标不属于所选的采购人。',
    en: 'The budget line belongs to another buyer.',
  },
  budgetLineOfOtherArea: {
    code: 'procurement.budget-line-of-other-area',
    kind: 'unprocessable',
    zh: '该预算指标不在本采购计划所在地区。',
    en: 'The budget line belongs to another area than the plan item.',
  },
  budgetLineClosed: {
    code: 'procurement.budget-line-closed',
    kind: 'conflict',
    zh: '该预算指标已结账。',
    en: 'The budget line is closed.',
  },
  budgetLineTooSmall: {
    code: 'procurement.budget-line-too-small',
    kind: 'conflict',
    zh: '该预算指标可用金额不足，还差 {missingFen:yuan}。没有预算不得采购。',
    en: 'The budget line is short of {missingFen:yuan}: nothing is purchased without a budget.',
  },
  opinionMissing: {
    code: 'procurement.opinion-missing',
    kind: 'unprocessable',
    zh: '公共服务项目须先征求公众意见并记录（政府采购法实施条例第十五条）。',
    en: 'For a public service the opinion of the public must be recorded first (GPLR article 15).',
  },
  surveyMissing: {
    code: 'procurement.survey-missing',
    kind: 'unprocessable',
    zh: '公共服务项目须先开展需求调查并记录（财库〔2021〕22号）。',
    en: 'For a public service the survey of needs must be recorded first (Caiku 2021 No. 22).',
  },
  surveyTooFewRespondents: {
    code: 'procurement.survey-too-few-respondents',
    kind: 'unprocessable',
    zh: '向市场调查的对象不得少于 {required} 个。',
    en: 'A market survey asks at least {required} market subjects.',
  },
  opinionNotAnswered: {
    code: 'procurement.opinion-not-answered',
    kind: 'unprocessable',
    zh: '收到意见的，须记录采纳或答复情况；结束日期不得早于开始日期。',
    en: 'Comments need a recorded reply, and the period ends on or after the day it began.',
  },
  opinionNotHeldYet: {
    code: 'procurement.opinion-not-held-yet',
    kind: 'unprocessable',
    zh: '该次征求意见或调查于 {endedOn} 才结束，结束后方可记录。',
    en: 'It has not been held yet: it ends on {endedOn} and can be recorded from then on.',
  },
  intentionTooRecent: {
    code: 'procurement.intention-too-recent',
    kind: 'unprocessable',
    zh: '采购意向公开须满 {days} 日：最早于 {earliest} 开始采购，或说明豁免理由。',
    en: 'The intention must have been public for {days} days: start on {earliest} at the earliest, or give the reason for an exemption.',
  },
});

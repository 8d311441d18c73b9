import { defineStates } from '#libs/kernel';

/**
 * Bid (响应文件) from opening on. Before, there is only an envelope (`sealed`, replaced by writing it again, or
 * `withdrawn`), which nobody but its bidder can see.
 */
export const bidStates = defineStates({
  name: 'procurement.bid',
  object: { zh: '响应文件', en: 'bid' },
  initial: ['opened', 'unreadable'],
  states: {
    opened: { zh: '已开启', en: 'opened' },
    unreadable: { zh: '无法读取', en: 'unreadable' },
    qualified: { zh: '审查合格', en: 'qualified' },
    disqualified: { zh: '审查不合格', en: 'disqualified' },
    scored: { zh: '已评分', en: 'scored' },
    won: { zh: '成交', en: 'won' },
    lost: { zh: '未成交', en: 'not selected' },
  },
  actions: {
    qualify: { zh: '判定合格', en: 'qualify' },
    disqualify: { zh: '判定不合格', en: 'disqualify' },
    score: { zh: '计分', en: 'score' },
    win: { zh: '确定成交', en: 'select' },
    lose: { zh: '确定未成交', en: 'pass over' },
  },
  transitions: [
    { from: ['opened', 'qualified', 'disqualified'], to: 'qualified', by: 'qualify' },
    { from: ['opened', 'unreadable', 'qualified', 'disqualified'], to: 'disqualified', by: 'disqualify' },
    { from: 'qualified', to: 'scored', by: 'score' },
    { from: 'scored', to: 'won', by: 'win' },
    { from: 'scored', to: 'lost', by: 'lose' },
  ],
});

export type BidState = (typeof bidStates.states)[number];

export const evaluatorStates = defineStates({
  name: 'procurement.evaluator',
  object: { zh: '评审专家', en: 'evaluator' },
  initial: 'appointed',
  states: {
    appointed: { zh: '已聘请，待声明', en: 'appointed, to declare interests' },
    cleared: { zh: '已声明，可评分', en: 'cleared, may score' },
    recused: { zh: '已回避', en: 'recused' },
    signed: { zh: '已签名', en: 'signed' },
  },
  actions: {
    'declare-none': { zh: '声明无利害关系', en: 'declare no interest' },
    'declare-interest': { zh: '申请回避', en: 'declare an interest' },
    sign: { zh: '签署评分表', en: 'sign the score sheet' },
  },
  transitions: [
    { from: 'appointed', to: 'cleared', by: 'declare-none' },
    { from: ['appointed', 'cleared'], to: 'recused', by: 'declare-interest' },
    { from: 'cleared', to: 'signed', by: 'sign' },
  ],
});

export type EvaluatorState = (typeof evaluatorStates.states)[number];

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

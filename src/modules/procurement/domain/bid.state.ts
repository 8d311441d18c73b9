import { defineStates } from '#platform';

/**
 * Bid (响应文件) from opening on. Before, there is only an envelope (`sealed`, replaced by writing it again, or
 * `withdrawn`), which nobody but its bidder can see.
 */
export const bidStates = defineStates({
  name: 'procurement.bid',
  initial: 'opened',
  transitions: [
    { from: 'opened', to: 'unreadable', by: 'find-unreadable' },
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
  initial: 'appointed',
  transitions: [
    { from: 'appointed', to: 'cleared', by: 'declare-none' },
    { from: ['appointed', 'cleared'], to: 'recused', by: 'declare-interest' },
    { from: 'cleared', to: 'signed', by: 'sign' },
  ],
});

export type EvaluatorState = (typeof evaluatorStates.states)[number];

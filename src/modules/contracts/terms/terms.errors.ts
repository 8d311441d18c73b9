import { defineErrors } from '#libs/kernel';

export const termsErrors = defineErrors('contracts', {
  milestonesDoNotSum: {
    code: 'contracts.milestones-do-not-sum',
    kind: 'unprocessable',
    zh: '各里程碑金额之和为 {sumFen:yuan}，应等于合同金额 {amountFen:yuan}。',
    en: 'The milestones sum to {sumFen:yuan}; they must sum to the contract amount {amountFen:yuan}.',
  },
  termInvalid: {
    code: 'contracts.term-invalid',
    kind: 'unprocessable',
    zh: '合同终止日期必须晚于起始日期。',
    en: 'The contract must end after it starts.',
  },
  termOverOneYear: {
    code: 'contracts.term-over-one-year',
    kind: 'unprocessable',
    zh: '合同期限一般不超过一年；超过一年须逐项确认：预算有保障、内容固定、连续性强、价格变化小。',
    en: 'A contract runs for at most one year unless all four are confirmed: budget assured, content fixed, continuous, price stable.',
  },
  termOverThreeYears: {
    code: 'contracts.term-over-three-years',
    kind: 'unprocessable',
    zh: '合同期限最长不超过三年。',
    en: 'A contract runs for at most three years.',
  },
  milestoneOutsideTerm: {
    code: 'contracts.milestone-outside-term',
    kind: 'unprocessable',
    zh: '里程碑“{title}”的日期不在合同期限内，或验收期限早于交付期限。',
    en: 'The dates of the milestone "{title}" lie outside the term, or acceptance is due before delivery.',
  },
  termsIncomplete: {
    code: 'contracts.terms-incomplete',
    kind: 'unprocessable',
    zh: '合同条款尚不完整：缺少 {missing}。',
    en: 'The terms are not complete: {missing} is missing.',
  },
  notActive: {
    code: 'contracts.not-active',
    kind: 'conflict',
    zh: '合同尚未生效或已经终止，不能进行此操作。',
    en: 'The contract is not running: it has not begun or is over.',
  },
});

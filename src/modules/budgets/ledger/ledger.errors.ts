import { defineErrors } from '#libs/kernel';

export const ledgerErrors = defineErrors('budgets', {
  lineNotFound: {
    code: 'budgets.line-not-found',
    kind: 'not-found',
    zh: '没有找到该预算指标。',
    en: 'There is no such budget line.',
  },
  lineClosed: {
    code: 'budgets.line-closed',
    kind: 'conflict',
    zh: '该预算指标已结账，不能再记账。',
    en: 'The budget line is closed; nothing more can be posted to it.',
  },
  overspent: {
    code: 'budgets.overspent',
    kind: 'conflict',
    zh: '金额不足（科目：{account}），还差 {missingFen:yuan}。',
    en: 'Not enough money on the account "{account}": {missingFen:yuan} are missing.',
  },
  amountNotPositive: {
    code: 'budgets.amount-not-positive',
    kind: 'invalid',
    zh: '金额必须大于零。',
    en: 'The amount must be above zero.',
  },
  reasonRequired: {
    code: 'budgets.reason-required',
    kind: 'unprocessable',
    zh: '此类记账必须说明原因（1–500 字）。',
    en: 'This kind of transfer needs a reason of 1 to 500 characters.',
  },
  keyReused: {
    code: 'budgets.key-reused',
    kind: 'unprocessable',
    zh: '该幂等键已用于内容不同的记账。',
    en: 'This idempotency key was used for another posting.',
  },
  subjectOnOtherLine: {
    code: 'budgets.subject-on-other-line',
    kind: 'conflict',
    zh: '该项目或合同已记在另一条预算指标上。',
    en: 'This tender or award is already posted on another budget line.',
  },
  awardNotCommitted: {
    code: 'budgets.award-not-committed',
    kind: 'unprocessable',
    zh: '该中标结果尚未落实预算。',
    en: 'No money is committed for this award.',
  },
  awardAlreadyCommitted: {
    code: 'budgets.award-already-committed',
    kind: 'conflict',
    zh: '该中标结果已落实预算，增减请走变更。',
    en: 'Money is committed for this award already; amend the commitment instead.',
  },
  milestoneAlreadyAccrued: {
    code: 'budgets.milestone-already-accrued',
    kind: 'conflict',
    zh: '该里程碑已确认应付，不能重复确认。',
    en: 'This milestone has been accrued already.',
  },
  milestoneNotAccrued: {
    code: 'budgets.milestone-not-accrued',
    kind: 'unprocessable',
    zh: '该里程碑尚未验收确认应付。',
    en: 'This milestone has not been accrued yet.',
  },
  paymentExceedsAccepted: {
    code: 'budgets.payment-exceeds-accepted',
    kind: 'conflict',
    zh: '付款合计将超过该里程碑已验收金额 {missingFen:yuan}。',
    en: 'Payments would exceed what was accepted for the milestone by {missingFen:yuan}.',
  },
  transferNotFound: {
    code: 'budgets.transfer-not-found',
    kind: 'not-found',
    zh: '没有找到该笔记账。',
    en: 'There is no such transfer.',
  },
  transferAlreadyReversed: {
    code: 'budgets.transfer-already-reversed',
    kind: 'conflict',
    zh: '该笔记账已冲销。',
    en: 'This transfer has been reversed already.',
  },
  transferNotReversible: {
    code: 'budgets.transfer-not-reversible',
    kind: 'unprocessable',
    zh: '此类记账不能冲销，请使用相应的业务操作。',
    en: 'A transfer of this type cannot be reversed; use the business operation for it.',
  },
  paymentAlreadyResolved: {
    code: 'budgets.payment-already-resolved',
    kind: 'conflict',
    zh: '该笔支付已有结果。',
    en: 'This payment attempt has been resolved already.',
  },
});

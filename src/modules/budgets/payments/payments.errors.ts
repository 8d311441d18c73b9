import { defineErrors } from '#libs/kernel';

export const paymentsErrors = defineErrors('budgets', {
  payerAcceptedIt: {
    code: 'budgets.payer-accepted-it',
    kind: 'forbidden',
    zh: '验收人不得办理同一笔付款。',
    en: 'Who accepted the work may not order its payment.',
  },
  voucherTaken: {
    code: 'budgets.voucher-taken',
    kind: 'conflict',
    zh: '该支付凭证号已用于另一笔支付。',
    en: 'This voucher proves another payment already.',
  },
});

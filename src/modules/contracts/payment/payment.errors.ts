import { defineErrors } from '#libs/kernel';

export const paymentErrors = defineErrors('contracts', {
  acceptorPays: {
    kind: 'unprocessable',
    zh: '验收人不得申请支付。',
    en: 'Whoever accepted the work cannot request its payment.',
  },
});

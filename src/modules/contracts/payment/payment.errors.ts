import { defineErrors } from '#libs/kernel';

export const paymentErrors = defineErrors('contracts', {
  acceptorPays: {
    code: 'contracts.acceptor-pays',
    kind: 'unprocessable',
    zh: '验收人不得申请支付。',
    en: 'Whoever accepted the work cannot request its payment.',
  },
});

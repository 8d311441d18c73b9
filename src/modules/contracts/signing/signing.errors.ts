import { defineErrors } from '#libs/kernel';

export const signingErrors = defineErrors('contracts', {
  termOver: {
    code: 'contracts.term-over',
    kind: 'unprocessable',
    zh: '合同期限已过，不能签署；请先修改合同期限。',
    en: 'The term of the contract is over; change it before anybody signs.',
  },
  alreadySigned: {
    code: 'contracts.already-signed',
    kind: 'conflict',
    zh: '本方已签署该合同。',
    en: 'This party has signed already.',
  },
  signsForBoth: {
    code: 'contracts.signs-for-both',
    kind: 'unprocessable',
    zh: '同一人不得代表双方签署。',
    en: 'One person cannot sign for both parties.',
  },
  drafterMaySign: {
    code: 'contracts.drafter-may-sign',
    kind: 'unprocessable',
    zh: '拟定条款的人不得代表采购方签署。',
    en: 'Whoever drafted the terms cannot sign for the buyer.',
  },
});

import { defineErrors } from '#libs/kernel';

export const seatsErrors = defineErrors('volunteering', {
  alreadySignedUp: {
    kind: 'conflict',
    zh: '您已报名该班次。',
    en: 'You have signed up for this shift already.',
  },
  doubleBooked: {
    kind: 'conflict',
    zh: '与您已确认的另一班次时间冲突。',
    en: 'You are confirmed for another shift at that time.',
  },
  riskNotAcknowledged: {
    kind: 'unprocessable',
    zh: '请先阅读并确认风险告知。',
    en: 'Read and acknowledge the risks first.',
  },
  cancelTooLate: {
    kind: 'conflict',
    zh: '您已签到或班次已结束，不能取消报名。',
    en: 'After check-in, or once the shift is over, a sign-up cannot be cancelled.',
  },
});

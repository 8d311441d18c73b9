import { defineErrors } from '#libs/kernel';

export const seatsErrors = defineErrors('volunteering', {
  alreadySignedUp: {
    code: 'volunteering.already-signed-up',
    kind: 'conflict',
    zh: '您已报名该班次。',
    en: 'You have signed up for this shift already.',
  },
  doubleBooked: {
    code: 'volunteering.double-booked',
    kind: 'conflict',
    zh: '与您已确认的另一班次时间冲突。',
    en: 'You are confirmed for another shift at that time.',
  },
  riskNotAcknowledged: {
    code: 'volunteering.risk-not-acknowledged',
    kind: 'unprocessable',
    zh: '请先阅读并确认风险告知。',
    en: 'Read and acknowledge the risks first.',
  },
  cancelTooLate: {
    code: 'volunteering.cancel-too-late',
    kind: 'conflict',
    zh: '您已签到或班次已结束，不能取消报名。',
    en: 'After check-in, or once the shift is over, a sign-up cannot be cancelled.',
  },
});

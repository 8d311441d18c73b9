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
    zh: '班次已结束，不能取消报名。',
    en: 'Once the shift is over, a sign-up cannot be cancelled.',
  },
  cancelAfterCheckIn: {
    code: 'volunteering.cancel-after-check-in',
    kind: 'conflict',
    zh: '您已签到，不能取消报名。',
    en: 'You have checked in: the sign-up cannot be cancelled any more.',
  },
  shiftHasBeenJoined: {
    code: 'volunteering.shift-has-been-joined',
    kind: 'conflict',
    zh: '已有志愿者签到，不能取消该班次。',
    en: 'A volunteer has checked in: the shift takes place and cannot be called off.',
  },
});

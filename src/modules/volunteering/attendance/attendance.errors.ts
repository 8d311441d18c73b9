import { defineErrors } from '#libs/kernel';

export const attendanceErrors = defineErrors('volunteering', {
  checkInCodeWrong: {
    kind: 'unprocessable',
    zh: '签到码不正确或已过期，请查看现场最新的签到码。',
    en: 'The code is wrong or has expired; look at the current one at the place.',
  },
  checkInNotNow: {
    kind: 'conflict',
    zh: '现在不能签到或签退：签到自开始前三十分钟至结束，签退至结束后两小时。',
    en: 'Check in from 30 minutes before the start to the end; check out until two hours after the end.',
  },
  notOnRoster: {
    kind: 'conflict',
    zh: '您不在该班次的名单上。',
    en: 'You are not on the roster of this shift.',
  },
});

import { defineErrors } from '#libs/kernel';

export const attendanceErrors = defineErrors('volunteering', {
  checkInCodeWrong: {
    code: 'volunteering.check-in-code-wrong',
    kind: 'unprocessable',
    zh: '签到码不正确或已过期，请查看现场最新的签到码。',
    en: 'The code is wrong or has expired; look at the current one at the place.',
  },
  checkInNotNow: {
    code: 'volunteering.check-in-not-now',
    kind: 'conflict',
    zh: '现在不能签到或签退：签到自开始前三十分钟至结束，签退至结束后两小时。',
    en: 'Check in from 30 minutes before the start to the end; check out until two hours after the end.',
  },
  notOnRoster: {
    code: 'volunteering.not-on-roster',
    kind: 'conflict',
    zh: '您不在该班次的名单上。',
    en: 'You are not on the roster of this shift.',
  },
  shiftNotOver: {
    code: 'volunteering.shift-not-over',
    kind: 'conflict',
    zh: '班次尚未结束，不能补录出勤或记录缺席。',
    en: 'The shift is not over yet: neither an absence nor a missing attendance can be recorded.',
  },
  writesDownOneself: {
    code: 'volunteering.writes-down-oneself',
    kind: 'unprocessable',
    zh: '不能为自己补录出勤或记录缺席。',
    en: 'Nobody writes down their own attendance or absence.',
  },
  attendanceTimesInvalid: {
    code: 'volunteering.attendance-times-invalid',
    kind: 'unprocessable',
    zh: '补录须填写签到和签退时间：签到自开始前三十分钟至结束，签退在签到之后、结束后两小时以内，且不晚于现在。',
    en: 'Enter both times: the check-in from 30 minutes before the start to the end, the check-out after it, within two hours after the end and not in the future.',
  },
});

import { defineErrors } from '#libs/kernel';

export const volunteeringErrors = defineErrors('volunteering', {
  profileRequired: {
    kind: 'unprocessable',
    zh: '请先完善志愿者资料。',
    en: 'Complete your volunteer profile first.',
  },
  guardianConsentRequired: {
    kind: 'unprocessable',
    zh: '未满十八周岁须有监护人同意；有危险的活动不接受未成年人。',
    en: 'Under eighteen a guardian must consent; minors do not take part in dangerous activities.',
  },
  tooYoung: {
    kind: 'unprocessable',
    zh: '未满十四周岁暂不能在平台报名。',
    en: 'Nobody under fourteen can sign up here.',
  },
  shiftNotOpen: {
    kind: 'conflict',
    zh: '该班次已取消、已结束或已有人签到，不能进行此操作。',
    en: 'The shift is cancelled or over, or somebody has checked in; this cannot be done.',
  },
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
  shiftTimesInvalid: {
    kind: 'unprocessable',
    zh: '班次须晚于现在结束、开始早于结束，且不超过二十四小时。',
    en: 'A shift must end in the future, begin before it ends and last at most 24 hours.',
  },
  shiftOutsideProject: {
    kind: 'unprocessable',
    zh: '班次须在项目起止日期之内。',
    en: 'A shift must lie within the term of its project.',
  },
  riskTextRequired: {
    kind: 'unprocessable',
    zh: '有危险的活动须填写风险告知。',
    en: 'A dangerous activity needs a text that tells its risks.',
  },
  projectNotRunning: {
    kind: 'conflict',
    zh: '项目未在执行中，不能安排班次。',
    en: 'The project is not running; no shift can be planned.',
  },
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
  attendanceIncomplete: {
    kind: 'conflict',
    zh: '志愿者尚未签到并签退，不能确认时长。',
    en: 'The volunteer has not checked in and out yet; the hours cannot be confirmed.',
  },
  confirmsOwnHours: {
    kind: 'unprocessable',
    zh: '不能为自己确认服务时长。',
    en: 'Nobody confirms their own hours.',
  },
  tooShortToRecord: {
    kind: 'unprocessable',
    zh: '实际服务不足一分钟，不予记录。',
    en: 'Less than a minute of service is not recorded.',
  },
  minutesOverAttendance: {
    kind: 'unprocessable',
    zh: '确认的时长不得超过签到至签退的 {minutes} 分钟。',
    en: 'No more than the {minutes} minutes between check-in and check-out can be confirmed.',
  },
  cancelTooLate: {
    kind: 'conflict',
    zh: '您已签到或班次已结束，不能取消报名。',
    en: 'After check-in, or once the shift is over, a sign-up cannot be cancelled.',
  },
});

import { defineErrors } from '#libs/kernel';

export const hoursErrors = defineErrors('volunteering', {
  attendanceIncomplete: {
    code: 'volunteering.attendance-incomplete',
    kind: 'conflict',
    zh: '志愿者尚未签到并签退，不能确认时长。',
    en: 'The volunteer has not checked in and out yet; the hours cannot be confirmed.',
  },
  confirmsOwnHours: {
    code: 'volunteering.confirms-own-hours',
    kind: 'unprocessable',
    zh: '不能为自己确认服务时长。',
    en: 'Nobody confirms their own hours.',
  },
  confirmsOwnEntry: {
    code: 'volunteering.confirms-own-entry',
    kind: 'unprocessable',
    zh: '补录出勤的人不能自行确认，须由另一人确认。',
    en: 'Whoever entered the attendance does not confirm it; a second person does.',
  },
  tooShortToRecord: {
    code: 'volunteering.too-short-to-record',
    kind: 'unprocessable',
    zh: '实际服务不足一分钟，不予记录。',
    en: 'Less than a minute of service is not recorded.',
  },
  minutesOverAttendance: {
    code: 'volunteering.minutes-over-attendance',
    kind: 'unprocessable',
    zh: '确认的时长不得超过签到至签退的 {minutes} 分钟。',
    en: 'No more than the {minutes} minutes between check-in and check-out can be confirmed.',
  },
});

import { defineErrors } from '#libs/kernel';

export const shiftsErrors = defineErrors('volunteering', {
  shiftNotOpen: {
    code: 'volunteering.shift-not-open',
    kind: 'conflict',
    zh: '该班次已取消。',
    en: 'The shift has been called off.',
  },
  shiftOver: {
    code: 'volunteering.shift-over',
    kind: 'conflict',
    zh: '该班次已结束。',
    en: 'The shift is over.',
  },
  shiftTimesInvalid: {
    code: 'volunteering.shift-times-invalid',
    kind: 'unprocessable',
    zh: '班次须晚于现在结束、开始早于结束，且不超过二十四小时。',
    en: 'A shift must end in the future, begin before it ends and last at most 24 hours.',
  },
  shiftOutsideProject: {
    code: 'volunteering.shift-outside-project',
    kind: 'unprocessable',
    zh: '班次须在项目起止日期之内。',
    en: 'A shift must lie within the term of its project.',
  },
  riskTextRequired: {
    code: 'volunteering.risk-text-required',
    kind: 'unprocessable',
    zh: '有危险的活动须填写风险告知。',
    en: 'A dangerous activity needs a text that tells its risks.',
  },
  projectNotRunning: {
    code: 'volunteering.project-not-running',
    kind: 'conflict',
    zh: '项目未在执行中，不能安排班次或报名。',
    en: 'The project is not running: no shift can be planned, and nobody signs up.',
  },
});

import { defineErrors } from '#libs/kernel';

export const peopleErrors = defineErrors('volunteering', {
  profileRequired: {
    code: 'volunteering.profile-required',
    kind: 'unprocessable',
    zh: '请先完善志愿者资料。',
    en: 'Complete your volunteer profile first.',
  },
  guardianConsentRequired: {
    code: 'volunteering.guardian-consent-required',
    kind: 'unprocessable',
    zh: '未满十八周岁须有监护人同意。',
    en: 'Under eighteen a guardian must consent.',
  },
  tooYoungForDanger: {
    code: 'volunteering.too-young-for-danger',
    kind: 'unprocessable',
    zh: '有危险的活动不接受未成年人。',
    en: 'Nobody under eighteen takes part in a dangerous activity.',
  },
  tooYoung: {
    code: 'volunteering.too-young',
    kind: 'unprocessable',
    zh: '未满十四周岁暂不能在平台报名。',
    en: 'Nobody under fourteen can sign up here.',
  },
  birthDateImpossible: {
    code: 'volunteering.birth-date-impossible',
    kind: 'unprocessable',
    zh: '出生日期应不早于1900年1月1日。',
    en: 'The date of birth must not be before 1900-01-01.',
  },
});

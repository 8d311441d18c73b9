import { defineErrors } from '#libs/kernel';

export const areasErrors = defineErrors('identity', {
  areaUnknown: {
    code: 'identity.area-unknown',
    kind: 'unprocessable',
    zh: '没有代码为 {code} 的区划。',
    en: 'There is no area with the code {code}.',
  },
  areaNotInForce: {
    code: 'identity.area-not-in-force',
    kind: 'unprocessable',
    zh: '区划 {code} 已撤销或尚未生效。',
    en: 'The area {code} is retired or not yet in force.',
  },
  areaFileUnreadable: {
    code: 'identity.area-file-unreadable',
    kind: 'unprocessable',
    zh: '区划文件无法读取：第一行应有 code 和 name 两列。',
    en: 'The area file cannot be read: its first line must name the columns code and name.',
  },
  areaDatesContradict: {
    code: 'identity.area-dates-contradict',
    kind: 'unprocessable',
    zh: '文件中有区划的生效、撤销日期与已登记的日期矛盾：撤销必须晚于生效。',
    en: 'The dates of an area in the file contradict those on record: it must end after it begins.',
  },
});

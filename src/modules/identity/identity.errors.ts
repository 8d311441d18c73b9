import { defineErrors } from '#libs/kernel';

export const identityErrors = defineErrors('identity', {
  credentialsWrong: {
    kind: 'unauthenticated',
    zh: '登录名或密码不正确。',
    en: 'The login or the password is wrong.',
  },
  crossSiteRequest: {
    kind: 'forbidden',
    zh: '该请求不是从本站页面发出的，已被拒绝；接口程序请改用 Authorization: Bearer。',
    en: 'The request did not come from a page of this site; programs send Authorization: Bearer instead of the cookie.',
  },
  loginTaken: { kind: 'conflict', zh: '该登录名已被使用。', en: 'This login is taken.' },
  loginMalformed: {
    kind: 'unprocessable',
    zh: '登录名应为 3–64 个字符，以字母或数字开头，只含字母、数字和 . _ - @。',
    en: 'A login has 3 to 64 characters, begins with a letter or digit and has only letters, digits and . _ - @.',
  },
  passwordTooWeak: {
    kind: 'unprocessable',
    zh: '密码太弱：至少 10 个字符，不能包含登录名，且至少有 5 个不同的字符。',
    en: 'The password is too weak: at least 10 characters, 5 different ones, and not containing the login.',
  },
  passwordWrong: { kind: 'unprocessable', zh: '当前密码不正确。', en: 'The present password is wrong.' },
  accountNotFound: { kind: 'not-found', zh: '没有找到该账号。', en: 'There is no such account.' },
  areaUnknown: {
    kind: 'unprocessable',
    zh: '没有代码为 {code} 的区划。',
    en: 'There is no area with the code {code}.',
  },
  areaNotInForce: {
    kind: 'unprocessable',
    zh: '区划 {code} 已撤销或尚未生效。',
    en: 'The area {code} is retired or not yet in force.',
  },
  placeMissing: {
    kind: 'unprocessable',
    zh: '区域角色要有区划代码，机构角色要有机构，二者只能有其一。',
    en: 'A role in an area needs an area code, a role in an organization an organization; never both.',
  },
  grantToOneself: { kind: 'forbidden', zh: '不能给自己授予角色。', en: 'Nobody grants a role to himself.' },
  grantBeyondOwnRole: {
    kind: 'forbidden',
    zh: '您不能在该区域授予或撤销这个角色。',
    en: 'You may not grant or revoke this role in this area.',
  },
  organizationRoleElsewhere: {
    kind: 'unprocessable',
    zh: '机构角色请在机构的成员页面管理。',
    en: "Roles in an organization are kept on the organization's page of members.",
  },
  roleAlreadyHeld: {
    kind: 'conflict',
    zh: '该账号在此处已有这个角色。',
    en: 'The account already holds this role there.',
  },
  membershipNotFound: { kind: 'not-found', zh: '没有找到该角色授予记录。', en: 'There is no such grant.' },
  validityWrong: {
    kind: 'unprocessable',
    zh: '有效期的结束必须晚于开始。',
    en: 'The validity must end after it begins.',
  },
  validityOver: {
    kind: 'unprocessable',
    zh: '有效期已经结束，授予不会生效。',
    en: 'The validity is over already: the role would never be held.',
  },
  sessionNotFound: { kind: 'not-found', zh: '没有找到该会话。', en: 'There is no such session.' },
  areaFileUnreadable: {
    kind: 'unprocessable',
    zh: '区划文件无法读取：第一行应有 code 和 name 两列。',
    en: 'The area file cannot be read: its first line must name the columns code and name.',
  },
});

import { defineErrors } from '#libs/kernel';

export const accountsErrors = defineErrors('identity', {
  loginTaken: {
    code: 'identity.login-taken',
    kind: 'conflict',
    zh: '该登录名已被使用。',
    en: 'This login is taken.',
  },
  loginMalformed: {
    code: 'identity.login-malformed',
    kind: 'unprocessable',
    zh: '登录名应为 3–64 个字符，以字母或数字开头，只含字母、数字和 . _ - @。',
    en: 'A login has 3 to 64 characters, begins with a letter or digit and has only letters, digits and . _ - @.',
  },
  displayNameLength: {
    code: 'identity.display-name-length',
    kind: 'unprocessable',
    zh: '姓名应为 1–60 个字符。',
    en: 'A name has 1 to 60 characters.',
  },
  passwordTooWeak: {
    code: 'identity.password-too-weak',
    kind: 'unprocessable',
    zh: '密码太弱：至少 10 个字符，不能包含登录名，且至少有 5 个不同的字符。',
    en: 'The password is too weak: at least 10 characters, 5 different ones, and not containing the login.',
  },
  accountNotFound: {
    code: 'identity.account-not-found',
    kind: 'not-found',
    zh: '没有找到该账号。',
    en: 'There is no such account.',
  },
});

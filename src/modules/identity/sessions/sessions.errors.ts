import { defineErrors } from '#libs/kernel';

export const sessionsErrors = defineErrors('identity', {
  credentialsWrong: {
    code: 'identity.credentials-wrong',
    kind: 'unauthenticated',
    zh: '登录名或密码不正确。',
    en: 'The login or the password is wrong.',
  },
  crossSiteRequest: {
    code: 'identity.cross-site-request',
    kind: 'forbidden',
    zh: '该请求不是从本站页面发出的，已被拒绝；接口程序请改用 Authorization: Bearer。',
    en: 'The request did not come from a page of this site; programs send Authorization: Bearer instead of the cookie.',
  },
  passwordWrong: {
    code: 'identity.password-wrong',
    kind: 'unprocessable',
    zh: '当前密码不正确。',
    en: 'The present password is wrong.',
  },
  sessionNotFound: {
    code: 'identity.session-not-found',
    kind: 'not-found',
    zh: '没有找到该会话。',
    en: 'There is no such session.',
  },
});

import { defineErrors } from '#libs/kernel';

/** Errors of requests as such; each module has its own catalogue for its rules. */
export const platformErrors = defineErrors('platform', {
  requestInvalid: {
    code: 'platform.request-invalid',
    kind: 'invalid',
    zh: '请求内容有误，请按各字段的提示修改后重试。',
    en: 'The request is not valid; correct the fields named below and send it again.',
  },
  notFound: {
    code: 'platform.not-found',
    kind: 'not-found',
    zh: '没有找到，或您无权查看。',
    en: 'Not found, or not yours to see.',
  },
  routeNotFound: {
    code: 'platform.route-not-found',
    kind: 'not-found',
    zh: '没有这个地址。',
    en: 'There is no such address.',
  },
  forbidden: {
    code: 'platform.forbidden',
    kind: 'forbidden',
    zh: '您没有进行此操作的权限。',
    en: 'You may not do this.',
  },
  unauthenticated: {
    code: 'platform.unauthenticated',
    kind: 'unauthenticated',
    zh: '请先登录。',
    en: 'Please sign in first.',
  },
  tooManyRequests: {
    code: 'platform.too-many-requests',
    kind: 'too-many',
    zh: '操作过于频繁，请在 {retryAfterSeconds} 秒后重试。',
    en: 'Too many requests; try again in {retryAfterSeconds} seconds.',
  },
  versionMismatch: {
    code: 'platform.version-mismatch',
    kind: 'precondition',
    zh: '内容已被他人修改，请刷新后重试。',
    en: 'Somebody else changed this meanwhile; reload it and try again.',
  },
  versionRequired: {
    code: 'platform.version-required',
    kind: 'precondition',
    zh: '请在 If-Match 请求头中给出您所依据的版本号。',
    en: 'Send the version you saw in the If-Match header.',
  },
  idempotencyKeyRequired: {
    code: 'platform.idempotency-key-required',
    kind: 'invalid',
    zh: '请在 Idempotency-Key 请求头中给出 8–200 个字符的唯一值。',
    en: 'Send a unique value of 8 to 200 characters in the Idempotency-Key header.',
  },
  idempotencyKeyReused: {
    code: 'platform.idempotency-key-reused',
    kind: 'unprocessable',
    zh: '该 Idempotency-Key 已用于内容不同的请求。',
    en: 'This Idempotency-Key was used for a request with other content.',
  },
  cursorInvalid: {
    code: 'platform.cursor-invalid',
    kind: 'invalid',
    zh: '分页游标无效，请从第一页重新开始。',
    en: 'The cursor is not valid for this list; start again from the first page.',
  },
  payloadTooLarge: {
    code: 'platform.payload-too-large',
    kind: 'too-large',
    zh: '内容过大。',
    en: 'The content is too large.',
  },
  unsupportedMediaType: {
    code: 'platform.unsupported-media-type',
    kind: 'unsupported',
    zh: '不支持该内容类型。',
    en: 'This content type is not supported.',
  },
  ruleViolated: {
    code: 'platform.rule-violated',
    kind: 'unprocessable',
    zh: '所提交的内容与已有数据或数据规则冲突，没有保存任何内容。请刷新后重试；如仍出现，请凭请求编号联系管理员。',
    en: 'What was sent contradicts the data or one of their rules; nothing was saved. Reload and try again, and tell the operator the request id if it happens again.',
  },
  unavailable: {
    code: 'platform.unavailable',
    kind: 'unavailable',
    zh: '服务暂不可用，请稍后重试。',
    en: 'Not available now; try again later.',
  },
  internal: {
    code: 'platform.internal',
    kind: 'internal',
    zh: '系统内部错误，已记录，请凭请求编号联系管理员。',
    en: 'Something went wrong on our side; it is recorded under the request id.',
  },
});

/** Why a call on this library is refused. */
import { DomainError, defineErrors } from '#libs/kernel';

export const ocdsErrors = defineErrors('ocds', {
  amountNotRepresentable: {
    code: 'ocds.amount-not-representable',
    kind: 'unprocessable',
    zh: '金额 {amount} 无法在 JSON 数字与整数分之间精确换算',
    en: 'The amount {amount} cannot be converted exactly between a JSON number and whole fen',
  },
  badOcidPrefix: {
    code: 'ocds.bad-ocid-prefix',
    kind: 'invalid',
    zh: '开放采购标识前缀 {prefix} 不正确：应为 ocds- 加六位小写字母或数字',
    en: 'The prefix {prefix} must be ocds- and six lower-case letters or digits',
  },
  badProcessId: {
    code: 'ocds.bad-process-id',
    kind: 'invalid',
    zh: '采购过程编号 {id} 不能为空，也不能含空白或 #',
    en: 'The process id {id} must not be empty nor contain white space or #',
  },
  conflictingParty: {
    code: 'ocds.conflicting-party',
    kind: 'conflict',
    zh: '参与方 {id} 以两个不同的名称登记：{names}',
    en: 'The party {id} is entered under two names: {names}',
  },
  differentOcids: {
    code: 'ocds.different-ocids',
    kind: 'unprocessable',
    zh: '只能合并同一采购过程的发布，现有：{ocids}',
    en: 'Only releases of one contracting process can be merged, here are: {ocids}',
  },
  invalidPackage: {
    code: 'ocds.invalid-package',
    kind: 'unprocessable',
    zh: '数据包不符合标准：{problems}',
    en: 'The package breaks the standard: {problems}',
  },
  invalidRelease: {
    code: 'ocds.invalid-release',
    kind: 'unprocessable',
    zh: '发布 {id} 不符合标准或自相矛盾：{problems}',
    en: 'The release {id} breaks the standard or contradicts itself: {problems}',
  },
  missingDate: {
    code: 'ocds.missing-date',
    kind: 'unprocessable',
    zh: '发布 {id} 没有可用于排序的日期',
    en: 'The release {id} has no date to order it by',
  },
  noReleases: {
    code: 'ocds.no-releases',
    kind: 'unprocessable',
    zh: '没有可合并的发布',
    en: 'There is no release to merge',
  },
  sameDate: {
    code: 'ocds.same-date',
    kind: 'conflict',
    zh: '发布 {ids} 的日期相同，无法确定先后',
    en: 'The releases {ids} have the same date, so their order is unknown',
  },
  schemaUnusable: {
    code: 'ocds.schema-unusable',
    kind: 'unprocessable',
    zh: '无法使用该 JSON Schema：{reason}',
    en: 'The JSON Schema cannot be used: {reason}',
  },
  shapeChanged: {
    code: 'ocds.shape-changed',
    kind: 'unprocessable',
    zh: '{pointer} 在不同发布中时而为对象或列表、时而为其他值，无法记录其历史',
    en: '{pointer} is an object or list in one release and something else in another; it has no history',
  },
  tooDeep: {
    code: 'ocds.too-deep',
    kind: 'too-large',
    zh: '嵌套超过 {levels} 层，无法合并',
    en: 'Nesting beyond {levels} levels cannot be merged',
  },
  unknownParty: {
    code: 'ocds.unknown-party',
    kind: 'unprocessable',
    zh: '参与方 {id} 尚未登记',
    en: 'The party {id} has not been entered',
  },
});

/** True for the refusal `ocds.<code>`, or for any refusal of this library when no code is asked for. */
export function isOcdsError(error: unknown, code?: string): error is DomainError {
  if (!(error instanceof DomainError)) return false;
  return code === undefined ? error.code.startsWith('ocds.') : error.code === `ocds.${code}`;
}

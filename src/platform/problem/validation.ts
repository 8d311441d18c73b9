import { ValidationPipe } from '@nestjs/common';
import type { ValidationError, ValidatorOptions } from 'class-validator';
import { textFaults } from '../http/request-texts.js';
import { type FieldError, RequestInvalid } from './problem.js';

/** What a broken constraint says to a person; class-validator's own texts are for programmers. */
const TEXTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  isDefined: ['必填', 'is required'],
  isNotEmpty: ['不能为空', 'must not be empty'],
  isString: ['应为文本', 'must be text'],
  isInt: ['应为整数', 'must be a whole number'],
  isNumber: ['应为数字', 'must be a number'],
  isBoolean: ['应为是或否', 'must be true or false'],
  isArray: ['应为列表', 'must be a list'],
  isUuid: ['编号格式不正确', 'must be an id (UUID)'],
  isEmail: ['邮箱格式不正确', 'must be an e-mail address'],
  isIn: ['不在允许的取值之内', 'is not one of the allowed values'],
  isEnum: ['不在允许的取值之内', 'is not one of the allowed values'],
  isISO8601: ['应为 ISO 8601 日期时间', 'must be an ISO 8601 date and time'],
  isChinaDate: ['应为存在的日期 YYYY-MM-DD', 'must be an existing date YYYY-MM-DD'],
  isInstant: ['应为带时区的 ISO 8601 日期时间', 'must be an ISO 8601 date and time with a zone'],
  isNotBlank: ['不能为空白', 'must not be blank'],
  hasNoDirectionControls: ['含有改变书写方向的字符', 'has characters that turn the direction of writing'],
  isAreaCode: [
    '应为 2、4、6、9 或 12 位区划代码，且不以零补位',
    'must be an area code of 2, 4, 6, 9 or 12 digits without zero padding',
  ],
  isDateString: ['应为 ISO 8601 日期时间', 'must be an ISO 8601 date and time'],
  min: ['小于允许的最小值', 'is below the least allowed value'],
  max: ['大于允许的最大值', 'is above the greatest allowed value'],
  minLength: ['太短', 'is too short'],
  maxLength: ['太长', 'is too long'],
  isLength: ['长度不符合要求', 'has a length that is not allowed'],
  matches: ['格式不正确', 'has the wrong form'],
  arrayMinSize: ['项数太少', 'has too few entries'],
  arrayMaxSize: ['项数太多', 'has too many entries'],
  arrayUnique: ['有重复项', 'has the same entry twice'],
  whitelistValidation: ['不认识的字段', 'is not a known field'],
  isObject: ['应为对象', 'must be an object'],
  nestedValidation: ['应为对象', 'must be an object'],
};

/** The rules that each field declares, and those that hold for every text. */
class RequestValidation extends ValidationPipe {
  protected override async validate(request: object, options?: ValidatorOptions): Promise<ValidationError[]> {
    // Of two things that are wrong with a field the plainer one is told: blank rather than too short.
    return [...textFaults(request), ...(await super.validate(request, options))];
  }
}

/** Shape is checked at the edge: unknown fields are refused, every wrong field is named by a JSON pointer. */
export const validationPipe = new RequestValidation({
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) =>
    new RequestInvalid(firstPerField(errors.flatMap((error) => fieldErrors(error, '')))),
});

function firstPerField(errors: readonly FieldError[]): FieldError[] {
  return [...new Map(errors.toReversed().map((error) => [error.pointer, error])).values()].toReversed();
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.keys(error.constraints ?? {}).map((code) => {
    const [zh, en] = TEXTS[code] ?? [error.constraints?.[code] ?? code, error.constraints?.[code] ?? code];
    return { pointer, code, message: `${zh} (${en})` };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, pointer))];
}

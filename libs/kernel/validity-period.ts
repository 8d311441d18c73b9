import { isChinaDate, type ChinaDate } from './china-date.js';
import { defineErrors } from './domain-error.js';

const errors = defineErrors('kernel', {
  validityPeriodInvalid: {
    code: 'kernel.validity-period-invalid',
    kind: 'invalid',
    zh: '有效期无效：开始日期必须早于结束日期',
    en: 'The validity period is wrong: it must begin before it ends',
  },
});

/**
 * When a dated row (a code, a figure, a rule) holds: from its first day up to, but not including, `to`. Without
 * `to` it holds until further notice. Half-open, so that the successor's `from` is the predecessor's `to`.
 */
export class ValidityPeriod {
  readonly from: ChinaDate;
  readonly to: ChinaDate | null;

  /** @throws `kernel.validity-period-invalid` */
  constructor(from: ChinaDate, to: ChinaDate | null = null) {
    if (!isChinaDate(from) || (to !== null && (!isChinaDate(to) || to <= from))) {
      throw errors.validityPeriodInvalid();
    }
    this.from = from;
    this.to = to;
  }

  inForceOn(date: ChinaDate): boolean {
    return this.from <= date && (this.to === null || date < this.to);
  }

  overlaps(other: ValidityPeriod): boolean {
    return (other.to === null || this.from < other.to) && (this.to === null || other.from < this.to);
  }
}

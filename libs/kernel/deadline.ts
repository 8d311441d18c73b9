import type { WorkingDayCalendar } from './calendar.js';
import { addCalendarDays, addMonths, chinaDate, endOfChinaDay, type ChinaDate } from './china-date.js';
import { defineErrors } from './domain-error.js';

const errors = defineErrors('kernel', {
  deadlineRuleInvalid: {
    code: 'kernel.deadline-rule-invalid',
    kind: 'invalid',
    zh: '期限规则 {rule} 有误：{problem}',
    en: 'The deadline rule {rule} is wrong: {problem}',
  },
  deadlineEventInvalid: {
    code: 'kernel.deadline-event-invalid',
    kind: 'invalid',
    zh: '期限规则 {rule} 的起算时间无效',
    en: 'The event of the deadline rule {rule} has no valid time',
  },
});

/** How well the figure is known: A statute read, B quoted publicly, C weak page, M memory. */
export type SourceGrade = 'A' | 'B' | 'C' | 'M';

/** `hour` is exact to the millisecond; every other unit ends with the due day in China. */
export type DeadlineUnit = 'hour' | 'calendar-day' | 'working-day' | 'month' | 'year';

/**
 * One legal or agreed clock. Rules are dated data rows held by the modules; this library only computes them.
 */
export interface DeadlineRule {
  /** Stable kebab-case name, e.g. `publish-contract`. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The event the clock counts from (or, for `before`, towards), e.g. `contracts.signed`. */
  readonly event: string;
  /** A whole number of units, at least 1. */
  readonly length: number;
  readonly unit: DeadlineUnit;
  readonly direction: 'after' | 'before';
  /** Article, e.g. `GPLR 50`. */
  readonly legalBasis: string;
  readonly sourceGrade: SourceGrade;
  /** The role that has to act. */
  readonly ownerRole: string;
  /** What follows when the clock runs out unmet, in the words of the module that owns the rule. */
  readonly consequence: string;
  /**
   * Whether a last day that is not a working day moves to the next working day, as Civil Code art. 203 has it
   * for civil periods (from memory, grade M). Not applied unless the row asks for it.
   */
  readonly rollOver?: 'none' | 'next-working-day';
}

const MAX_LENGTH = 10_000;
const HOUR_MS = 3_600_000;

/**
 * The last instant at which the act is still in time: `now <= dueAt` is in time, `now > dueAt` is late.
 *
 * The event's own day is excluded. For `after`, the due day is so many units later. For `before`, it is so
 * many units earlier, and the act must happen by the end of that day: a file issued on day D may be due on
 * D + 20 when the law asks for 20 days from issue to deadline.
 *
 * @throws `kernel.deadline-rule-invalid`, `kernel.deadline-event-invalid`, and for working days
 * `kernel.calendar-year-missing`
 */
export function dueAt(rule: DeadlineRule, event: Date, calendar: WorkingDayCalendar): Date {
  checkRule(rule);
  if (Number.isNaN(event.getTime())) throw errors.deadlineEventInvalid({ rule: rule.code });
  const length = rule.direction === 'after' ? rule.length : -rule.length;
  if (rule.unit === 'hour') return new Date(event.getTime() + length * HOUR_MS);
  const day = dueDay(rule.unit, chinaDate(event), length, calendar);
  return endOfChinaDay(rule.rollOver === 'next-working-day' ? calendar.nextWorkingDayFrom(day) : day);
}

function dueDay(
  unit: Exclude<DeadlineUnit, 'hour'>,
  start: ChinaDate,
  length: number,
  calendar: WorkingDayCalendar,
): ChinaDate {
  switch (unit) {
    case 'calendar-day':
      return addCalendarDays(start, length);
    case 'working-day':
      return calendar.addWorkingDays(start, length);
    case 'month':
      return addMonths(start, length);
    case 'year':
      return addMonths(start, length * 12);
  }
}

function checkRule(rule: DeadlineRule): void {
  const fail = (problem: string) => errors.deadlineRuleInvalid({ rule: rule.code, problem });
  if (!Number.isSafeInteger(rule.length) || rule.length < 1 || rule.length > MAX_LENGTH) {
    throw fail(`长度须为 1–${MAX_LENGTH} 的整数 length must be an integer in 1–${MAX_LENGTH}`);
  }
  if (rule.rollOver !== 'next-working-day') return;
  if (rule.direction === 'before') throw fail('倒推期限不能顺延 a backward clock cannot roll over');
  if (rule.unit === 'hour') throw fail('小时期限不能顺延 a clock in hours cannot roll over');
}

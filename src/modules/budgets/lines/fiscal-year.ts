import { chinaDate } from '#libs/kernel';
import { linesErrors } from './lines.errors.js';

/** Years after its own in which what is left of a line may be used (预算法 第四十二条：连续两年未用完的，收回). */
export const MOST_YEARS_CARRIED = 2;

interface YearsOfALine {
  readonly fiscalYear: number;
  readonly carriesOverTo: number | null;
}

/** The fiscal year of China is the calendar year (预算法 第十八条). */
export function fiscalYearOf(instant: Date): number {
  return Number(chinaDate(instant).slice(0, 4));
}

/**
 * Money of one year buys nothing of another, unless the line carries over into it.
 * @throws DomainError budgets.line-of-other-year
 */
export function mustBeUsableIn(line: YearsOfALine, year: number): void {
  const last = line.carriesOverTo ?? line.fiscalYear;
  if (year < line.fiscalYear || year > last)
    throw linesErrors.lineOfOtherYear({ fiscalYear: line.fiscalYear, last, year });
}

/** @throws DomainError budgets.carry-over-too-long */
export function mustCarryOverLawfully(line: YearsOfALine): void {
  if (line.carriesOverTo === null) return;
  const last = line.fiscalYear + MOST_YEARS_CARRIED;
  if (line.carriesOverTo <= line.fiscalYear || line.carriesOverTo > last)
    throw linesErrors.carryOverTooLong({ fiscalYear: line.fiscalYear, last });
}

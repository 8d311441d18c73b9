import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { addMonths, hasVisibleText, type Money, Money as MoneyValue } from '#libs/kernel';
import { termsErrors } from './terms.errors.js';

/** What a contract must say (财政部令第102号 art. 23), besides parties, amount and term. */
export const TERM_TEXTS = [
  'content',
  'quantity',
  'quality',
  'settlement',
  'rightsAndDuties',
  'breach',
] as const;
export type TermTexts = Readonly<Record<(typeof TERM_TEXTS)[number], string>>;

export interface PlannedMilestone {
  readonly title: string;
  readonly amount: Money;
  /** China dates YYYY-MM-DD. */
  readonly dueOn: string;
  readonly acceptanceDueOn: string;
}

export interface ContractTerms {
  readonly startsOn: string;
  /** The last day of the term. */
  readonly endsOn: string;
  /** The four conditions of 102号令 art. 24 for a term over one year, all confirmed. */
  readonly multiYearConditionsMet: boolean;
  readonly texts: TermTexts;
  readonly milestones: readonly PlannedMilestone[];
}

/**
 * Checks the terms against the law and against the amount.
 * @throws DomainError contracts.term-*, contracts.milestone-outside-term, contracts.milestones-do-not-sum
 */
export function checkTerms(terms: ContractTerms, amount: Money): void {
  if (terms.endsOn <= terms.startsOn) throw termsErrors.termInvalid();
  if (!isWithinYears(terms, 3)) throw termsErrors.termOverThreeYears();
  if (!isWithinYears(terms, 1) && !terms.multiYearConditionsMet) throw termsErrors.termOverOneYear();
  for (const { title, dueOn, acceptanceDueOn } of terms.milestones) {
    if (dueOn < terms.startsOn || dueOn > terms.endsOn || acceptanceDueOn < dueOn) {
      throw termsErrors.milestoneOutsideTerm({ title });
    }
  }
  const sum = terms.milestones.reduce((total, milestone) => total.plus(milestone.amount), MoneyValue.zero);
  if (!sum.equals(amount)) {
    throw termsErrors.milestonesDoNotSum({ sumFen: sum.toFen(), amountFen: amount.toFen() });
  }
}

/**
 * The first day and the last belong to the term: a year from 1 March is over with the last of February, and ending
 * on 1 March it would be a year and a day. Counted back from its end, so that a year from 29 February ends on the
 * 28th.
 */
function isWithinYears({ startsOn, endsOn }: ContractTerms, years: number): boolean {
  return addMonths(endsOn, -12 * years) < startsOn;
}

/** @throws DomainError contracts.terms-incomplete naming the texts that are still empty */
export function checkComplete(texts: Partial<TermTexts>): void {
  const missing = TERM_TEXTS.filter((name) => !hasVisibleText(texts[name] ?? ''));
  if (missing.length > 0) throw termsErrors.termsIncomplete({ missing: missing.join(', ') });
}

/** What a signature binds: SHA-256 over the canonical JSON of everything the parties agree on. */
export function termsHash(agreed: object): string {
  return createHash('sha256').update(canonicalize(agreed)).digest('hex');
}

import type { ChinaDate, JsonValue, Money } from '#libs/kernel';
import {
  checkCriteria,
  type Criterion,
  type CriteriaFinding,
  type CriteriaProblem,
  lintRequirement,
  type PriceRule,
} from '#libs/evaluation';
import { tenderingErrors } from './tendering.errors.js';

/** As kept in the tender; a fixed price is the ceiling, so its amount is not kept twice. */
export type StoredPriceRule =
  | {
      readonly kind: 'lowest-qualified-offer';
      readonly weight: string;
      readonly smeDeductionPercent?: string | undefined;
    }
  | { readonly kind: 'fixed' };

export interface CriteriaVerdict {
  readonly publishable: boolean;
  readonly problems: readonly CriteriaProblem[];
  readonly findings: readonly CriteriaFinding[];
}

export function priceRuleFor(rule: StoredPriceRule, ceiling: Money): PriceRule {
  return rule.kind === 'fixed' ? { kind: 'fixed', priceFen: ceiling.toBigInt() } : rule;
}

/**
 * Everything that the law says about the scoring part of a file on the day, and about its qualification
 * requirements, which may discriminate just as well. Shown with a draft; what is forbidden stops publication.
 */
export function examineCriteria(
  file: {
    readonly priceRule: StoredPriceRule;
    readonly criteria: readonly Criterion[];
    readonly qualifications: readonly string[];
    readonly ceiling: Money;
  },
  on: ChinaDate,
): CriteriaVerdict {
  const verdict = checkCriteria({
    objectKind: 'services',
    on,
    priceRule: priceRuleFor(file.priceRule, file.ceiling),
    criteria: file.criteria,
    qualifications: file.qualifications,
  });
  const required = file.qualifications.flatMap((text, at) => lintRequirement(text, `qualifications[${at}]`));
  const findings = [...verdict.findings, ...required];
  return {
    publishable: verdict.problems.length === 0 && findings.every(({ severity }) => severity !== 'forbidden'),
    problems: verdict.problems,
    findings,
  };
}

/** @throws DomainError procurement.criteria-unlawful with every problem and forbidden finding */
export function mustBePublishable(verdict: CriteriaVerdict): void {
  if (verdict.publishable) return;
  const forbidden = verdict.findings.filter(({ severity }) => severity === 'forbidden');
  throw tenderingErrors.criteriaUnlawful({
    count: verdict.problems.length + forbidden.length,
    problems: plain(verdict.problems),
    findings: plain(forbidden),
  });
}

function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

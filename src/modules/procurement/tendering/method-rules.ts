import type { Money } from '#libs/kernel';
import type { EvaluationMethod } from '#libs/evaluation';
import { tenderingErrors } from './tendering.errors.js';

export const PROCUREMENT_METHODS = [
  'open-tender',
  'invited-tender',
  'competitive-consultation',
  'competitive-negotiation',
  'single-source',
  'framework',
  'small-value',
] as const;
export type ProcurementMethod = (typeof PROCUREMENT_METHODS)[number];

/** What this version can run; the others keep their place in tables and names. */
export const SUPPORTED_METHODS = ['competitive-consultation', 'open-tender'] as const;
export type SupportedMethod = (typeof SUPPORTED_METHODS)[number];

/** 竞争性磋商 is the first listed case for 政府购买服务 (财库〔2014〕214号 第三条): the default of this market. */
export const DEFAULT_METHOD: SupportedMethod = 'competitive-consultation';

/** Where the two methods differ (rules-cn §2.1): codes of their figures and how they are scored. */
export const METHOD_RULES: Readonly<
  Record<
    SupportedMethod,
    {
      readonly scoring: EvaluationMethod;
      readonly committee: 'tender' | 'consultation';
      readonly minDays: string;
      readonly minBids: string;
      readonly minBidsDuring: string;
    }
  >
> = {
  'competitive-consultation': {
    scoring: 'consultation-scoring',
    committee: 'consultation',
    minDays: 'procurement.consultation-min-days',
    minBids: 'procurement.consultation-min-bids',
    minBidsDuring: 'procurement.consultation-min-bids-during',
  },
  'open-tender': {
    scoring: 'tender-scoring',
    committee: 'tender',
    minDays: 'procurement.open-tender-min-days',
    minBids: 'procurement.open-tender-min-bids',
    minBidsDuring: 'procurement.open-tender-min-bids-during',
  },
};

/** @throws DomainError procurement.method-not-supported */
export function rulesOf(method: ProcurementMethod) {
  if (method !== 'open-tender' && method !== 'competitive-consultation')
    throw tenderingErrors.methodNotSupported({ method });
  return METHOD_RULES[method];
}

export interface MethodThresholds {
  /** 公开招标数额标准 */
  readonly publicTender: Money;
}

/**
 * Is the method lawful for the amount? At or above the public-tender threshold any method but the public
 * tender needs the city finance bureau's approval before the activity (GPL 27, GPLR 23).
 *
 * @throws DomainError procurement.method-needs-approval, procurement.method-not-supported
 */
export function mustBeLawfulMethod(
  method: ProcurementMethod,
  ceiling: Money,
  thresholds: MethodThresholds,
  approval: string | null,
): void {
  rulesOf(method);
  if (method === 'open-tender' || approval !== null) return;
  if (!ceiling.isLessThan(thresholds.publicTender)) throw tenderingErrors.methodNeedsApproval();
}

/** The method the amount suggests: what a draft without a method gets. */
export function suggestMethod(ceiling: Money, thresholds: MethodThresholds): SupportedMethod {
  return ceiling.isLessThan(thresholds.publicTender) ? DEFAULT_METHOD : 'open-tender';
}

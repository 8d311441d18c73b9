import { Money } from '#libs/kernel';
import type { Criterion } from '#libs/evaluation';
import type { TenderFile } from '../tender.entity.js';
import { choiceOf, tieBreakOf } from '../tie-break.js';
import type { TenderDetail } from '../tenders.read.js';
import type { CriteriaVerdict, StoredPriceRule } from '../criteria-rules.js';
import type { PriceRuleRequest, TenderFileRequest } from './tender.request.js';
import type { CriteriaVerdictResponse, TenderDetailResponse } from './tender.response.js';

/** Between the shapes of HTTP and those of the evaluation library. */
export function toTenderFile(request: TenderFileRequest): TenderFile {
  return {
    title: request.title,
    requirement: request.requirement,
    ceiling: Money.fen(request.ceilingFen),
    method: request.method,
    methodApproval: request.methodApproval,
    priceRule: toPriceRule(request.priceRule),
    criteria: request.criteria.map(({ id, name, max, bands, ...rest }): Criterion => ({
      id,
      name: { 'zh-CN': name },
      max,
      bands: bands.map(({ from, to, indicator }) => ({ from, to, indicator })),
      evidence: rest.evidence,
      ...(rest.part === undefined ? {} : { part: rest.part }),
      ...(rest.objective === undefined ? {} : { objective: rest.objective }),
      ...(rest.description === undefined ? {} : { description: rest.description }),
    })),
    qualifications: request.qualifications,
    tieBreak: tieBreakOf(request.tieBreak),
  };
}

function toPriceRule({ kind, weight, smeDeductionPercent }: PriceRuleRequest): StoredPriceRule {
  if (kind === 'fixed') return { kind };
  // A missing weight is no weight: the range check then names the lawful range.
  return {
    kind,
    weight: weight ?? '0',
    ...(smeDeductionPercent === undefined ? {} : { smeDeductionPercent }),
  };
}

export function toVerdictResponse(verdict: CriteriaVerdict): CriteriaVerdictResponse {
  return {
    publishable: verdict.publishable,
    findings: [
      ...verdict.problems.map(({ code, path, message, source }) => ({
        severity: 'problem' as const,
        code,
        path,
        message,
        source: source.citation,
      })),
      ...verdict.findings.map(({ severity, rule, path, advice, source, matched }) => ({
        severity,
        code: rule,
        path,
        message: `“${matched}”：${advice['zh-CN']}${advice.en === undefined ? '' : ` (${advice.en})`}`,
        source: source.citation,
      })),
    ],
  };
}

export function toDetailResponse({
  priceRule,
  criteria,
  tieBreak,
  ...detail
}: TenderDetail): TenderDetailResponse {
  const scored = priceRule.kind === 'fixed' ? undefined : priceRule;
  return {
    ...detail,
    tieBreak: choiceOf(tieBreak),
    priceRule: {
      kind: priceRule.kind,
      weight: scored?.weight ?? null,
      smeDeductionPercent: scored?.smeDeductionPercent ?? null,
    },
    criteria: criteria.map((criterion) => ({
      id: criterion.id,
      name: criterion.name?.['zh-CN'] ?? criterion.id,
      max: criterion.max,
      bands: (criterion.bands ?? []).map(({ from, to, indicator }) => ({ from, to, indicator })),
      evidence: criterion.evidence ?? null,
      part: criterion.part ?? 'technical',
      objective: criterion.objective ?? false,
      description: criterion.description ?? null,
    })),
  };
}

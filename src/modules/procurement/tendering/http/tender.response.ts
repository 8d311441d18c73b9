import type { TieBreakChoice } from '../tie-break.js';
import type { ProcurementMethod } from '../method-rules.js';
import type { ServiceKind } from '../../planning/plan-item.entity.js';
import type { TenderState } from '../tender.state.js';

export class TenderStateResponse {
  id: string;
  state: TenderState;
  version: number;
}

export class CriteriaFindingResponse {
  /** `problem`: the arithmetic or a lawful range; `forbidden`: wording the law forbids; `warning`: look again. */
  severity: 'problem' | 'forbidden' | 'warning';
  code: string;
  path: string;
  message: string;
  /** The rule, as cited. */
  source: string;
}

export class CriteriaVerdictResponse {
  /** False stops publication. */
  publishable: boolean;
  findings: CriteriaFindingResponse[];
}

export class DraftedTenderResponse extends TenderStateResponse {
  method: ProcurementMethod;
  verdict: CriteriaVerdictResponse;
}

export class TenderResponse {
  id: string;
  planItemId: string;
  areaCode: string;
  buyerOrganizationId: string;
  buyerName: string;
  title: string;
  serviceKind: ServiceKind;
  method: ProcurementMethod;
  ceilingFen: number;
  state: TenderState;
  publishedAt: string | null;
  bidDeadline: string | null;
  version: number;
}

export class TenderPageResponse {
  items: TenderResponse[];
  nextCursor: string | null;
}

export class BandResponse {
  from: string;
  to: string;
  indicator: string;
}

export class CriterionResponse {
  id: string;
  name: string;
  max: string;
  bands: BandResponse[];
  evidence: string | null;
  part: 'technical' | 'commercial';
  objective: boolean;
  description: string | null;
}

export class PriceRuleResponse {
  kind: 'lowest-qualified-offer' | 'fixed';
  weight: string | null;
  smeDeductionPercent: string | null;
}

export class AwardOfTenderResponse {
  awardId: string;
  bidId: string;
  organizationId: string;
  supplierName: string;
  amountFen: number;
  rank: number;
  reason: string | null;
  awardedAt: string;
}

export class TenderDetailResponse extends TenderResponse {
  requirement: string;
  qualifications: string[];
  /** What decides between bids that the statutory rules leave tied. */
  tieBreak: TieBreakChoice;
  priceRule: PriceRuleResponse;
  criteria: CriterionResponse[];
  noticeUrl: string | null;
  openedAt: string | null;
  /** Null until the bids are opened. */
  bidCount: number | null;
  endReasonCode: string | null;
  endReason: string | null;
  award: AwardOfTenderResponse | null;
}

import type { ServiceKind } from '../plan-item.entity.js';
import type { PlanItemState } from '../plan-item.state.js';

export class PlanItemResponse {
  id: string;
  areaCode: string;
  /** As written in the source. */
  buyerName: string;
  buyerOrganizationId: string | null;
  title: string;
  summary: string;
  serviceKind: ServiceKind;
  budgetFen: number;
  /** YYYY-MM */
  expectedMonth: string;
  reservedForSme: boolean | null;
  sourceUrl: string | null;
  intentionPublishedAt: string | null;
  intentionNoticeUrl: string | null;
  state: PlanItemState;
  version: number;
}

export class OpinionResponse {
  kind: 'public-opinion' | 'need-survey';
  channel: string;
  beganOn: string;
  endedOn: string;
  commentCount: number;
  summary: string;
  reply: string;
}

export class PlanItemDetailResponse extends PlanItemResponse {
  opinions: OpinionResponse[];
}

export class PlanItemPageResponse {
  items: PlanItemResponse[];
  nextCursor: string | null;
}

export class PlanItemStateResponse {
  id: string;
  state: PlanItemState;
  version: number;
}

export class OpinionRecordedResponse {
  opinionId: string;
}

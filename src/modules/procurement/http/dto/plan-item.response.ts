import type { ServiceKind } from '../../domain/plan-item.entity.js';
import type { PlanItemState } from '../../domain/plan-item.state.js';

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

export class ImportFindingResponse {
  /** Line of the file on which the row begins. */
  line: number;
  /** The last one that it covers: cells may have line breaks. */
  lastLine: number;
  column: string | null;
  code: string;
  /** `adjusted`: the row was imported, but not all of what this cell says. */
  outcome: 'rejected' | 'duplicate' | 'adjusted';
  /** The cell, at most 80 characters of it. */
  cell: string;
  zh: string;
  en: string;
}

export class ImportReportResponse {
  importId: string;
  /** This very file was imported before; this is the report of that time. */
  alreadyImported: boolean;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  /** Equals imported + duplicates + rejected. */
  rowCount: number;
  importedCount: number;
  duplicateCount: number;
  rejectedCount: number;
  findings: ImportFindingResponse[];
}

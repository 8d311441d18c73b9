export class DeadLetterResponse {
  id: string;
  handler: string;
  eventType: string | null;
  attempts: number;
  /** Code or class of the last failure; never a person's data. */
  lastError: string | null;
  createdAt: string;
}

export class DeadLetterPageResponse {
  items: DeadLetterResponse[];
  nextCursor: string | null;
}

export class CheckResultResponse {
  name: string;
  /** At most 20 rows that break the invariant. */
  offending: Record<string, unknown>[];
}

export class OverdueDeadlineResponse {
  id: string;
  ruleCode: string;
  zh: string;
  en: string;
  legalBasis: string;
  ownerRole: string;
  subjectType: string;
  subjectId: string;
  areaCode: string;
  /** Null while the working-day calendar has no data for the year the clock runs into. */
  dueAt: string | null;
}

export class RefusalResponse {
  id: string;
  occurredAt: string;
  /** Who was refused. */
  accountId: string;
  /** Which act it was: its name, and in words. */
  action: string;
  actZh: string;
  actEn: string;
  objectType: string | null;
  objectId: string | null;
  /** Why: the code of the answer, and in words. */
  code: string;
  reasonZh: string;
  reasonEn: string;
  requestId: string;
}

/** An act of the person that was refused. */
export class OwnRefusalResponse {
  id: string;
  occurredAt: string;
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
  /** For a question to the operator. */
  requestId: string;
}

export class OwnRefusalPageResponse {
  items: OwnRefusalResponse[];
  nextCursor: string | null;
}

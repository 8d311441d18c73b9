/** Somebody was refused something on the shift. */
export class ShiftRefusalResponse {
  id: string;
  occurredAt: string;
  /** Null for somebody who is no volunteer yet. Whoever asks about it knows their number; a name is not needed. */
  volunteerNumber: string | null;
  /** Which act it was: its name, and in words. */
  action: string;
  actZh: string;
  actEn: string;
  /** Why: the code of the answer, and in words. */
  code: string;
  reasonZh: string;
  reasonEn: string;
}

export class ShiftRefusalPageResponse {
  items: ShiftRefusalResponse[];
  nextCursor: string | null;
}

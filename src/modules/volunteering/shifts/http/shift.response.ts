export class ShiftCreatedResponse {
  shiftId: string;
}

export class ShiftResponse {
  id: string;
  projectId: string;
  organizationId: string;
  areaCode: string;
  title: string;
  place: string;
  riskText: string | null;
  dangerous: boolean;
  startsAt: string;
  endsAt: string;
  capacity: number;
  taken: number;
  waiting: number;
  /** Until so many minutes before the start a free seat goes to the queue. */
  promotionLeadMinutes: number;
  state: 'open' | 'cancelled';
}

export class ShiftPageResponse {
  items: ShiftResponse[];
  nextCursor: string | null;
}

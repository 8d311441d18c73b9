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
  state: 'open' | 'cancelled';
}

export class ShiftPageResponse {
  items: ShiftResponse[];
  nextCursor: string | null;
}

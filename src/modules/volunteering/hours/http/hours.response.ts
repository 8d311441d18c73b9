export class AttendanceConfirmedResponse {
  minutes: number;
}

export class HoursResponse {
  id: string;
  activityTitle: string;
  servedOn: string;
  place: string;
  organizationId: string;
  minutes: number;
  /** Recorded later than ten working days after the activity (补录). */
  late: boolean;
  /** The attendance was entered afterwards and confirmed by a second person. */
  enteredLater: boolean;
  recordedAt: string;
}

export class HoursPageResponse {
  items: HoursResponse[];
  nextCursor: string | null;
}

type SignUpStateName =
  'confirmed' | 'waiting' | 'cancelled' | 'checked-in' | 'checked-out' | 'attended' | 'no-show';

export class ProfileSavedResponse {
  volunteerNumber: string;
}

export class VolunteerProfileResponse {
  volunteerNumber: string;
  birthDate: string;
  areaCode: string;
  skills: string[];
  guardianConsent: boolean;
}

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

export class SignUpResponse {
  signUpId: string;
  shiftId: string;
  state: 'confirmed' | 'waiting';
  /** Place on the waiting list, from 1; null for a confirmed seat. */
  waitingPosition: number | null;
}

export class OwnSignUpResponse {
  signUpId: string;
  shiftId: string;
  title: string;
  place: string;
  startsAt: string;
  endsAt: string;
  state: SignUpStateName;
  /** How many are to be served up to and including this one; null when not waiting. */
  waitingPosition: number | null;
}

export class OwnSignUpPageResponse {
  items: OwnSignUpResponse[];
  nextCursor: string | null;
}

export class RosterEntryResponse {
  signUpId: string;
  volunteerNumber: string;
  displayName: string;
  state: SignUpStateName;
  waitingPosition: number | null;
  checkedInAt: string | null;
  checkedOutAt: string | null;
}

export class CheckInCodeResponse {
  code: string;
  validUntil: string;
}

export class AttendanceResponse {
  signUpId: string;
  at: string;
}

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
  recordedAt: string;
}

export class HoursPageResponse {
  items: HoursResponse[];
  nextCursor: string | null;
}

type SignUpStateName =
  'confirmed' | 'waiting' | 'cancelled' | 'checked-in' | 'checked-out' | 'attended' | 'no-show';

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
  /** Moved up from the queue: decline by then if you cannot come, and the next is asked; null otherwise. */
  answerBy: string | null;
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
  /** The attendance was entered afterwards: whoever entered it does not confirm it. */
  enteredLater: boolean;
}

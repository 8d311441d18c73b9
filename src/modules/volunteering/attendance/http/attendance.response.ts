export class CheckInCodeResponse {
  code: string;
  validUntil: string;
}

export class AttendanceResponse {
  signUpId: string;
  at: string;
}

export class AttendanceEnteredResponse {
  checkedInAt: string;
  checkedOutAt: string;
}

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

export class MemberResponse {
  accountId: string;
  displayName: string;
  role: 'organization-admin' | 'organization-staff';
  /** YYYY-MM-DD */
  since: string;
}

export class MemberListResponse {
  items: MemberResponse[];
}

export class MemberAddedResponse {
  accountId: string;
}

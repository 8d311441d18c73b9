export class OwnMembershipResponse {
  id: string;
  role: string;
  areaCode: string | null;
  areaName: string | null;
  organizationId: string | null;
  /** First day, YYYY-MM-DD. */
  validFrom: string;
  /** First day on which it is no longer held, YYYY-MM-DD; null = until further notice. */
  validTo: string | null;
}

/** The person's own account; nothing is masked. */
export class OwnAccountResponse {
  id: string;
  login: string;
  displayName: string;
  email: string | null;
  phone: string | null;
  locale: 'zh-CN' | 'en';
  memberships: OwnMembershipResponse[];
  /** Every permission the person holds somewhere. */
  permissions: string[];
}

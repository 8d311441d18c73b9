export class CreatedResponse {
  id: string;
}

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

export class ListedRoleResponse {
  membershipId: string;
  role: string;
  areaCode: string;
  validFrom: string;
  validTo: string | null;
}

/** Somebody else's account: login, e-mail and phone are masked. */
export class ListedAccountResponse {
  id: string;
  displayName: string;
  login: string;
  email: string | null;
  phone: string | null;
  status: 'active' | 'closed';
  roles: ListedRoleResponse[];
}

export class AccountListResponse {
  items: ListedAccountResponse[];
  nextCursor: string | null;
}

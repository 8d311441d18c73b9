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

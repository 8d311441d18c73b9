export class OrganizationCreatedResponse {
  id: string;
}

/** What everybody may know about an approved organization. */
export class PublicOrganizationResponse {
  id: string;
  name: string;
  /** Null for a group that is not registered. */
  creditCode: string | null;
  /** Derived from the credit code; `community-group` without one. */
  kind: string;
  kindZh: string;
  kindEn: string;
  stage: 'spontaneous' | 'filed' | 'registered';
  areaCode: string;
  areaName: string;
  purpose: string;
  /** The registered body that handles the money of a filed group. */
  fiscalHostId: string | null;
  fiscalHostName: string | null;
}

export class PublicOrganizationListResponse {
  items: PublicOrganizationResponse[];
  nextCursor: string | null;
}

/** The whole file, for the organization's people and the officials of its area. */
export class OrganizationFileResponse extends PublicOrganizationResponse {
  status: 'pending' | 'approved' | 'rejected' | 'suspended';
  subclass: string;
  filingNumber: string | null;
  claimsSmallEnterprise: boolean;
  /** Why it was rejected or suspended. */
  decisionReason: string | null;
  registeredAt: Date;
  decidedAt: Date | null;
  /** For If-Match. */
  version: number;
}

export class OrganizationFileListResponse {
  items: OrganizationFileResponse[];
  nextCursor: string | null;
}

export class OwnOrganizationsResponse {
  items: OrganizationFileResponse[];
}

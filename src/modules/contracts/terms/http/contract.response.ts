export class ContractResponse {
  id: string;
  awardId: string;
  tenderId: string;
  areaCode: string;
  buyerOrganizationId: string;
  supplierOrganizationId: string;
  title: string;
  serviceKind: 'public-service' | 'auxiliary';
  /** Integer fen. */
  amountFen: number;
  startsOn: string | null;
  endsOn: string | null;
  state: 'draft' | 'part-signed' | 'signed' | 'active' | 'completed' | 'terminated';
  /** Send it back in If-Match. */
  version: number;
}

export class MilestoneResponse {
  id: string;
  position: number;
  title: string;
  amountFen: number;
  dueOn: string | null;
  acceptanceDueOn: string | null;
  state: 'planned' | 'delivered' | 'accepted' | 'rejected' | 'payment-requested' | 'paid';
}

export class ContractDetailResponse extends ContractResponse {
  texts: Record<string, string>;
  milestones: MilestoneResponse[];
  signedBy: ('buyer' | 'supplier')[];
}

export class ContractPageResponse {
  items: ContractResponse[];
  nextCursor: string | null;
}

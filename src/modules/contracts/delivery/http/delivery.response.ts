export class EvidenceFileResponse {
  id: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
}

export class OpinionResponse {
  satisfied: boolean;
  comment?: string;
}

export class DeliveryResponse {
  id: string;
  milestoneId: string;
  note: string;
  deliveredAt: string;
  /** Null while nobody has decided. */
  outcome: 'accepted' | 'rejected' | null;
  outcomeNote: string | null;
  opinions: OpinionResponse[];
  files: EvidenceFileResponse[];
}

export class DeliveredResponse {
  deliveryId: string;
}

export class PaymentItemResponse {
  id: string;
  lineId: string;
  areaCode: string;
  awardId: string;
  milestoneId: string;
  payeeOrganizationId: string;
  amountFen: number;
  state: 'in-payment' | 'settled' | 'failed';
  requestedAt: string;
  /** The 30-day term from acceptance ends on this date. */
  dueOn: string;
  /** Days past the due date, until settlement or until today; 0 when in time. */
  daysLate: number;
  settledAt: string | null;
  voucherNumber: string | null;
  failureCode: string | null;
}

export class PaymentPageResponse {
  items: PaymentItemResponse[];
  nextCursor: string | null;
}

export class PaymentAttemptResponse {
  id: string;
  attemptNo: number;
  state: 'pending' | 'paid' | 'refused';
  requestedAt: string;
  firstSentAt: string | null;
  lastSentAt: string | null;
  sendCount: number;
  resolvedAt: string | null;
}

export class PaymentResponse extends PaymentItemResponse {
  version: number;
  acceptedBy: string;
  requestedBy: string;
  attempts: PaymentAttemptResponse[];
}

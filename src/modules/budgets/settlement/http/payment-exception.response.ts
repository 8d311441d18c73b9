export class PaymentExceptionResponse {
  id: string;
  kind: 'no-answer' | 'late-answer' | 'unknown-payment';
  /** The payment, when the treasury's key is one of ours. */
  paymentId: string | null;
  attemptId: string | null;
  paymentKey: string;
  outcome: string | null;
  voucherNumber: string | null;
  reasonCode: string | null;
  openedAt: string;
  closedAt: string | null;
  /** From opening until closing, or until now. */
  ageSeconds: number;
}

export class PaymentExceptionPageResponse {
  items: PaymentExceptionResponse[];
  nextCursor: string | null;
}

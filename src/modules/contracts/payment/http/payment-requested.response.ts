export class PaymentRequestedResponse {
  paymentId: string;
}

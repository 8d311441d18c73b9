export class SignedResponse {
  side: 'buyer' | 'supplier';
  state: 'draft' | 'part-signed' | 'signed' | 'active' | 'completed' | 'terminated';
}

/**
 * Every way sealing or opening can fail. Codes are public and stable: they are stored beside a bid that did
 * not open, shown to its bidder and counted by auditors, so a code is never renamed or reused.
 */
export const SEALING_ERROR_CODES = [
  // The envelope as bytes
  'envelope-malformed',
  'envelope-version-unsupported',
  'envelope-truncated',
  'envelope-trailing-data',
  'envelope-too-large',
  // The envelope and what it claims to be
  'wrong-tender',
  'wrong-tender-key',
  'wrong-bidder',
  'wrong-document',
  'wrong-revision',
  'envelope-is-a-rehearsal',
  'envelope-is-not-a-rehearsal',
  'envelope-replayed',
  'digest-mismatch',
  // The envelope under the key
  'key-seal-broken',
  'chunk-corrupted',
  'chunk-out-of-order',
  'padding-invalid',
  'commitment-mismatch',
  // Keys
  'label-invalid',
  'public-key-invalid',
  'private-key-invalid',
  'key-destroyed',
  'passphrase-wrong',
  'passphrase-too-short',
  // Shares
  'threshold-invalid',
  'holders-invalid',
  'manifest-invalid',
  'share-malformed',
  'share-for-another-holder',
  'share-of-another-tender',
  'share-of-another-set',
  'share-seal-broken',
  'share-corrupted',
  'share-duplicated',
  'too-few-shares',
  'recovered-key-mismatch',
  // Receipts
  'receipt-malformed',
  'receipt-signature-invalid',
  'receipt-for-another-envelope',
] as const;

export type SealingErrorCode = (typeof SEALING_ERROR_CODES)[number];

/** Facts that help the person who must act: ids, positions, counts. Never key material, never content. */
export type SealingErrorDetails = Readonly<Record<string, string | number>>;

/**
 * The only error this library throws on purpose. It deliberately has no `cause`: the errors of the
 * cryptographic libraries below may hold their inputs, and an error travels into logs and queues.
 */
export class SealingError extends Error {
  override readonly name = 'SealingError';
  readonly code: SealingErrorCode;
  readonly details: SealingErrorDetails;

  constructor(code: SealingErrorCode, details: SealingErrorDetails = {}) {
    const facts = Object.entries(details).map(([key, value]) => `${key}=${value}`);
    super(facts.length === 0 ? code : `${code} (${facts.join(', ')})`);
    this.code = code;
    this.details = details;
  }
}

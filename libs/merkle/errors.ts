/** Every way a proof, a note or a store can fail. Public and stable. */
export const MERKLE_ERROR_CODES = [
  'size-invalid',
  'index-out-of-range',
  'hash-malformed',
  'inclusion-proof-invalid',
  'consistency-proof-invalid',
  'entries-differ',
  'append-conflict',
  'store-corrupted',
  'key-malformed',
  'note-malformed',
  'signature-missing',
  'signature-invalid',
  'checkpoint-malformed',
  'origin-mismatch',
  'quorum-missing',
  'evidence-invalid',
] as const;

export type MerkleErrorCode = (typeof MERKLE_ERROR_CODES)[number];

export class MerkleError extends Error {
  override readonly name = 'MerkleError';
  readonly code: MerkleErrorCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: MerkleErrorCode, details: Readonly<Record<string, string | number>> = {}) {
    const facts = Object.entries(details).map(([key, value]) => `${key}=${value}`);
    super(facts.length === 0 ? code : `${code} (${facts.join(', ')})`);
    this.code = code;
    this.details = details;
  }
}

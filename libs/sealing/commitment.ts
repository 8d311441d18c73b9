import { pieces, type ByteSource } from './byte-source.js';
import { equal, fromHex, type Bytes } from './bytes.js';
import { SealingError } from './errors.js';
import { createHmacSha256 } from './hash.js';
import { reveal, SecretBytes } from './secret.js';

/**
 * Opens the commitment of one envelope. As long as it is secret the commitment in the receipt tells nothing,
 * not even to somebody who tries every possible price; together with the document it proves what was sealed.
 */
export class CommitmentKey extends SecretBytes {
  /** The 32 secret bytes, for the bidder's own files. */
  exportSecret(): Bytes {
    return Uint8Array.from(reveal(this));
  }

  /** @throws SealingError `private-key-invalid` when it is not 32 bytes. */
  static fromSecret(secret: Uint8Array): CommitmentKey {
    if (secret.length !== 32) throw new SealingError('private-key-invalid');
    return new CommitmentKey(secret);
  }
}

/**
 * Checks that a document is the one committed to. The way out when an envelope cannot be opened: the bidder
 * shows the document and the commitment key, the receipt shows that it was fixed before the deadline.
 *
 * @param commitment hexadecimal, from the receipt.
 * @throws SealingError `commitment-mismatch` | `receipt-malformed`
 */
export async function verifyCommitment(
  content: ByteSource,
  key: CommitmentKey,
  commitment: string,
): Promise<void> {
  const mac = createHmacSha256(reveal(key));
  for await (const piece of pieces(content)) mac.update(piece);
  if (!equal(mac.digest(), fromHex(commitment, 32, 'receipt-malformed'))) {
    throw new SealingError('commitment-mismatch');
  }
}

import { fromBase64, toBase64 } from './base64.js';
import { MerkleError } from './errors.js';
import { HASH_BYTES } from './hash.js';
import { openNote, signNote } from './note.js';
import type { NoteSigner, NoteVerifier } from './note-key.js';
import { checkSize, type TreeHead } from './proof.js';

/** A tree head that says of which log it is (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** The log's unique name, a URL without its scheme, such as `linqiao.example/log`. */
  origin: string;
}

export interface OpenedCheckpoint extends Checkpoint {
  /** The witnesses that vouch for it, with the second since 1970 each stated. */
  cosignatures: { witness: string; time: number }[];
}

/** @throws MerkleError `checkpoint-malformed` | `size-invalid` */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  checkSize(size);
  const text = `${origin}\n${size}\n${toBase64(root)}\n`;
  // An origin with a line break would make another checkpoint than the one meant.
  if (parseCheckpoint(text).origin !== origin) throw new MerkleError('checkpoint-malformed');
  return text;
}

/**
 * Reads the text of a note. Extension lines are refused: nobody could audit what they say.
 *
 * @throws MerkleError `checkpoint-malformed` | `size-invalid`
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin, digits, encoded] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n$/u.exec(text) ?? [];
  if (origin === undefined || digits === undefined || encoded === undefined || origin !== origin.trim()) {
    throw new MerkleError('checkpoint-malformed');
  }
  const root = fromBase64(encoded, 'checkpoint-malformed');
  if (root.length !== HASH_BYTES) throw new MerkleError('checkpoint-malformed');
  const size = Number(digits);
  checkSize(size);
  return { origin, size, root };
}

/** Signs a head as the log. @returns the note, ready to be published. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  if (signer.verifier.type !== 'log') throw new MerkleError('key-malformed', { name: signer.verifier.name });
  return signNote(formatCheckpoint(checkpoint), signer);
}

/**
 * Verifies a published checkpoint: signed by the log, of the log asked for, vouched for by enough witnesses.
 *
 * @param trust.quorum how many different witnesses must have cosigned; 0 trusts the log alone.
 * @throws MerkleError `note-malformed` | `signature-missing` | `signature-invalid` | `checkpoint-malformed` |
 *   `origin-mismatch` | `quorum-missing`
 */
export async function openCheckpoint(
  note: string,
  trust: { origin: string; log: NoteVerifier; witnesses?: readonly NoteVerifier[]; quorum: number },
): Promise<OpenedCheckpoint> {
  const { origin, log, witnesses = [], quorum } = trust;
  const { text, verified } = await openNote(note, [log, ...witnesses]);
  if (!verified.some(({ verifier }) => verifier === log))
    throw new MerkleError('signature-missing', { name: log.name });
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) {
    throw new MerkleError('origin-mismatch', { expected: origin, found: checkpoint.origin });
  }
  const cosignatures = verified
    // By its kind, not by being another key: a second key of the log is still the log.
    .filter(({ verifier }) => verifier.type === 'witness')
    .map(({ verifier, time }) => ({ witness: verifier.name, time }));
  // A witness that changes its key may sign with both for a while, and is still one witness.
  const found = new Set(cosignatures.map(({ witness }) => witness)).size;
  if (found < quorum) throw new MerkleError('quorum-missing', { found, needed: quorum });
  return { ...checkpoint, cosignatures };
}

/** Adds a witness's line to a note. */
export function withCosignature(note: string, line: string): string {
  return `${note}${line}`;
}

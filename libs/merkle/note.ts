import { fromBase64 } from './base64.js';
import { MerkleError } from './errors.js';
import type { NoteSigner, NoteVerifier } from './note-key.js';

/** A note has few signatures; whoever sends thousands wants our time. */
const MAX_SIGNATURES = 100;
const MAX_NOTE_CHARACTERS = 1_000_000;

export interface NoteSignature {
  name: string;
  keyId: string;
  signature: Uint8Array;
}

export interface ParsedNote {
  /** With its final newline: these bytes are what is signed. */
  text: string;
  signatures: NoteSignature[];
}

export interface VerifiedSignature {
  verifier: NoteVerifier;
  /** Seconds since 1970 as a witness stated them; 0 for a log. */
  time: number;
}

/**
 * Takes a C2SP signed note apart without trusting any of it.
 *
 * @throws MerkleError `note-malformed`
 */
export function parseNote(note: string): ParsedNote {
  const separator = note.lastIndexOf('\n\n');
  // Control characters below a space, but for the newline, are not allowed; nor is text UTF-8 cannot say.
  const foreign = /[\0-\x09\x0b-\x1f]|\p{Surrogate}/u.test(note);
  if (note.length > MAX_NOTE_CHARACTERS || foreign || separator < 0 || !note.endsWith('\n')) {
    throw new MerkleError('note-malformed');
  }
  const lines = note.slice(separator + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new MerkleError('note-malformed');
  return { text: note.slice(0, separator + 1), signatures: lines.map(parseLine) };
}

function parseLine(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded, 'note-malformed');
  if (bytes.length < 5) throw new MerkleError('note-malformed');
  const keyId = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name, keyId, signature: bytes.slice(4) };
}

/**
 * Verifies the signatures of the given keys and ignores all others, as the note specification asks.
 *
 * @throws MerkleError `note-malformed`; `signature-invalid` when a given key's signature does not verify;
 *   `signature-missing` when none of the given keys signed.
 */
export async function openNote(
  note: string,
  keys: readonly NoteVerifier[],
): Promise<{ text: string; verified: VerifiedSignature[] }> {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  for (const verifier of keys) {
    const mine = signatures.filter(({ name, keyId }) => name === verifier.name && keyId === verifier.keyId);
    for (const { signature } of mine) {
      const time = await verifier.verify(text, signature);
      if (time === undefined) throw new MerkleError('signature-invalid', { name: verifier.name });
      // A key that signed twice, or was given twice, is still one signer.
      if (!verified.some((one) => isSameKey(one.verifier, verifier))) verified.push({ verifier, time });
    }
  }
  if (verified.length === 0) throw new MerkleError('signature-missing');
  return { text, verified };
}

function isSameKey(a: NoteVerifier, b: NoteVerifier): boolean {
  return a.name === b.name && a.keyId === b.keyId;
}

/** @throws MerkleError `note-malformed` when the text cannot be a note's. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  const note = `${text}\n${await signer.signatureLine(text)}`;
  if (parseNote(note).text !== text) throw new MerkleError('note-malformed');
  return note;
}

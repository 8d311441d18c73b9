/** From bytes to a JSON value, or the reason why there is none; and what `JSON.parse` does not say. */
import { isUtf8 } from 'node:buffer';
import type { Problem } from '../quality/problem.js';
import type { Part } from './json-splitter.js';
import { countMembers, repeatedNames } from './repeated-names.js';

export type Decoded =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** JSON pointers of names that an object has more than once: the last one holds, the others are lost. */
      readonly repeated: readonly string[];
    }
  | { readonly ok: false; readonly problem: Problem };

const refusal = (code: string, message: string): Decoded => ({
  ok: false,
  problem: { pointer: '', code, message },
});

/** The reason why these bytes are not UTF-8, `undefined` when they are. */
export function encodingProblem(bytes: Uint8Array): Problem | undefined {
  if (isUtf8(bytes)) return undefined;
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    const message = 'the text is not UTF-8, but reads as GB18030: convert the file to UTF-8 first';
    return { pointer: '', code: 'encoding-gb18030', message };
  } catch {
    return { pointer: '', code: 'encoding-invalid-utf8', message: 'the text is not valid UTF-8' };
  }
}

/** Parses one part. Never throws. */
export function decodePart(part: Part): Decoded {
  const { bytes } = part;
  if (!bytes) {
    return part.fault === 'too-deep'
      ? refusal('too-deep', 'objects and lists are nested more deeply than any OCDS release')
      : refusal('too-large', 'larger than one release may be');
  }
  const problem = encodingProblem(bytes);
  if (problem) return { ok: false, problem };
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    const value: unknown = JSON.parse(text);
    return { ok: true, value, repeated: countMembers(value) === part.members ? [] : repeatedNames(text) };
  } catch (error) {
    return refusal('not-json', error instanceof Error ? error.message : String(error));
  }
}

export interface FileSignature {
  /** Bytes to skip: a UTF-8 byte order mark. */
  readonly skip: number;
  /** Why the file cannot be read at all. */
  readonly problem?: { readonly code: string; readonly message: string };
}

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

/** Looks at the first bytes for what is certainly no UTF-8 JSON. */
export function fileSignature(head: Uint8Array): FileSignature {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { skip: 3 };
  const refuse = (code: string, message: string): FileSignature => ({ skip: 0, problem: { code, message } });
  if (startsWith(head, 0x1f, 0x8b) || startsWith(head, 0x50, 0x4b, 3, 4)) {
    return refuse('compressed', 'the file is compressed: unpack it first');
  }
  if (startsWith(head, 0xff, 0xfe, 0, 0) || startsWith(head, 0, 0, 0xfe, 0xff)) {
    return refuse('encoding-utf32', 'the file is UTF-32: convert it to UTF-8 first');
  }
  const marked = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff);
  // JSON begins with an ASCII character: a zero byte beside it is the other half of a UTF-16 unit.
  if (marked || (head.length >= 2 && (head[0] === 0) !== (head[1] === 0))) {
    return refuse('encoding-utf16', 'the file is UTF-16: convert it to UTF-8 first');
  }
  return { skip: 0 };
}

/**
 * True when the second line begins a value of its own. Within one JSON value a line that begins with `{` follows a
 * bracket, comma or colon. It matters when the first line is broken: the others can be read all the same.
 */
export function looksLikeLines(head: Uint8Array): boolean {
  const lines = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1').split('\n');
  const [first, second] = lines.map((line) => line.trim()).filter((line) => line !== '');
  return first !== undefined && second?.startsWith('{') === true && !/[[{,:]$/.test(first);
}

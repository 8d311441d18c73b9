import { concat, unshared, type Bytes } from './bytes.js';
import { createSha256 } from './hash.js';
import { SealingError } from './errors.js';

/** A web stream as both browsers and Node have it; declared here because the core uses no DOM types. */
export interface WebByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<unknown>;
  };
}

/**
 * Bytes in any of the usual shapes: an array in memory, a `File` or `Blob`, a web stream, a Node readable or
 * any async iterable. Streams are read once and never held whole.
 */
export type ByteSource = Uint8Array | { stream(): WebByteStream } | WebByteStream | AsyncIterable<Uint8Array>;

/** Receives bytes in order and is awaited, which is how a slow disk or network slows the source down. */
export type ByteSink = (bytes: Uint8Array) => Promise<void> | void;

/** No larger pieces than this are handed on, so that one huge array does not become one huge operation. */
const PIECE_BYTES = 1 << 16;

export async function* pieces(source: ByteSource): AsyncGenerator<Bytes, void, undefined> {
  for await (const part of parts(source)) {
    const bytes = unshared(part);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

async function* parts(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (source instanceof Uint8Array) {
    yield source;
  } else if ('getReader' in source) {
    yield* webStream(source);
  } else if ('stream' in source) {
    yield* webStream(source.stream());
  } else {
    yield* source;
  }
}

// Not `for await` on the stream itself: browsers before 2024 have web streams without async iteration.
async function* webStream(stream: WebByteStream): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Reads exact lengths off a source and hashes everything it has handed out. */
export class ByteReader {
  readonly #pieces: AsyncGenerator<Bytes, void, undefined>;
  readonly #hash = createSha256();
  #rest: Bytes = new Uint8Array(0);
  #count = 0;

  constructor(source: ByteSource) {
    this.#pieces = pieces(source);
  }

  /** How many bytes were handed out. */
  get count(): number {
    return this.#count;
  }

  /** @throws SealingError `envelope-truncated` when the source ends first. */
  readonly exactly = async (length: number): Promise<Bytes> => {
    const got: Bytes[] = [];
    for (let missing = length; missing > 0;) {
      const piece = await this.#next();
      if (piece === undefined) throw new SealingError('envelope-truncated', { bytes: this.#count });
      const taken = piece.subarray(0, missing);
      this.#rest = piece.subarray(taken.length);
      got.push(taken);
      missing -= taken.length;
      this.#count += taken.length;
    }
    const bytes = got.length === 1 && got[0] !== undefined ? got[0] : concat(...got);
    this.#hash.update(bytes);
    return bytes;
  };

  async atEnd(): Promise<boolean> {
    const piece = await this.#next();
    if (piece === undefined) return true;
    this.#rest = piece;
    return false;
  }

  /** SHA-256 of everything handed out. Once. */
  digest(): Bytes {
    return this.#hash.digest();
  }

  /** Lets go of the source, so that a file handle or a network stream does not stay open after an error. */
  async close(): Promise<void> {
    await this.#pieces.return(undefined).catch(() => undefined);
  }

  async #next(): Promise<Bytes | undefined> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return undefined;
      this.#rest = value;
    }
    const piece = this.#rest;
    this.#rest = piece.subarray(piece.length);
    return piece;
  }
}

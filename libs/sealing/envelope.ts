import { ByteReader, pieces, type ByteSink, type ByteSource } from './byte-source.js';
import { concat, equal, randomBytes, toHex, type Bytes } from './bytes.js';
import {
  CHUNK_BYTES,
  COMMITMENT_BYTES,
  decodeFrame,
  encodeFrame,
  FRAME_BYTES,
  importContentKey,
  MAX_CHUNKS,
  openChunk,
  pad,
  sealChunk,
  unpad,
  type Frame,
} from './chunks.js';
import { CommitmentKey } from './commitment.js';
import { SealingError } from './errors.js';
import { createHmacSha256, createSha256, sha256, type IncrementalHash } from './hash.js';
import {
  encodeBinding,
  KEY_BLOCK_BYTES,
  readHeader,
  type EnvelopeContext,
  type EnvelopeHeader,
  type EnvelopeKind,
  type ParsedHeader,
} from './header.js';
import { openWith, sealTo } from './hpke.js';
import type { TenderPrivateKey, TenderPublicKey } from './keys.js';
import { reveal } from './secret.js';

export interface SealRequest {
  /** The tender's published key; names the tender. */
  to: TenderPublicKey;
  bidder: string;
  document: string;
  /** 1, and one more for each replacement. */
  revision: number;
  content: ByteSource;
}

/** What may be said about an envelope in public. Tells nothing of the content but its length to 4 KiB. */
export interface EnvelopeSummary extends EnvelopeContext {
  kind: EnvelopeKind;
  /** SHA-256 of the whole envelope in hexadecimal: what `sha256sum` prints for the file. */
  digest: string;
  /** HMAC-SHA-256 of the content under the sealed commitment key, in hexadecimal. */
  commitment: string;
  /** Length of the envelope. */
  bytes: number;
}

export interface Sealed {
  summary: EnvelopeSummary;
  /** For the bidder's own files: proves later what was sealed, even if the envelope is never opened. */
  commitmentKey: CommitmentKey;
}

/** What the receiver knows about the envelope from its own records, never from the envelope. */
export interface ExpectedEnvelope {
  bidder: string;
  document: string;
  revision: number;
  /** From the receipt. With it, not even an envelope resealed by the same bidder passes for this one. */
  digest?: string;
}

/** Randomness of one envelope; given only by the test vectors. */
export interface Entropy {
  contentKey: Bytes;
  commitmentKey: Bytes;
  ephemeralSeed?: Bytes;
}

/**
 * Seals content to a tender, piece by piece: memory stays flat whatever the size.
 *
 * @throws SealingError `label-invalid` | `public-key-invalid` | `envelope-too-large`; what the source or the
 *   sink throws passes through unchanged.
 */
export async function sealStream(request: SealRequest, sink: ByteSink): Promise<Sealed> {
  const entropy: Entropy = { contentKey: randomBytes(32), commitmentKey: randomBytes(32) };
  return sealWithEntropy('bid', request, sink, entropy);
}

/** `sealStream` for content that fits in memory. */
export async function seal(request: SealRequest): Promise<Sealed & { envelope: Bytes }> {
  const parts: Uint8Array[] = [];
  const sealed = await sealStream(request, (bytes) => void parts.push(bytes));
  return { ...sealed, envelope: concat(...parts) };
}

/** Not exported from the front door: reused randomness would open both envelopes. */
export async function sealWithEntropy(
  kind: EnvelopeKind,
  request: SealRequest,
  sink: ByteSink,
  entropy: Entropy,
): Promise<Sealed> {
  const { to, bidder, document, revision } = request;
  const header: EnvelopeHeader = {
    kind,
    tender: to.tender,
    tenderKeyId: to.keyId,
    bidder,
    document,
    revision,
  };
  const binding = encodeBinding(header);
  const keyBlock = concat(entropy.contentKey, entropy.commitmentKey);
  const sealedKey = await sealTo(to.bytes, 'envelope', binding, keyBlock, entropy.ephemeralSeed);
  keyBlock.fill(0);

  const output = new MeasuredSink(sink);
  await output.write(concat(binding, sealedKey));
  const writer = new ChunkWriter(
    await importContentKey(entropy.contentKey),
    sha256(binding, sealedKey),
    createHmacSha256(entropy.commitmentKey),
    output,
  );
  entropy.contentKey.fill(0);
  for await (const piece of pieces(request.content)) await writer.write(piece);
  const commitment = await writer.finish();

  const summary = summarize(header, commitment, toHex(output.digest()), output.count);
  const commitmentKey = new CommitmentKey(entropy.commitmentKey);
  entropy.commitmentKey.fill(0);
  return { summary, commitmentKey };
}

function summarize(
  header: EnvelopeHeader,
  commitment: Bytes,
  digest: string,
  bytes: number,
): EnvelopeSummary {
  const { kind, tender, bidder, document, revision } = header;
  return {
    kind,
    tender,
    bidder,
    document,
    revision,
    digest,
    commitment: toHex(commitment),
    bytes,
  };
}

class MeasuredSink {
  readonly #sink: ByteSink;
  readonly #hash = createSha256();
  count = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  async write(bytes: Bytes): Promise<void> {
    this.#hash.update(bytes);
    this.count += bytes.length;
    await this.#sink(bytes);
  }

  digest(): Bytes {
    return this.#hash.digest();
  }
}

/** Collects content into chunks and seals each when it is full. */
class ChunkWriter {
  readonly #buffer = new Uint8Array(CHUNK_BYTES);
  #filled = 0;
  #index = 0;

  constructor(
    private readonly key: Awaited<ReturnType<typeof importContentKey>>,
    private readonly headerDigest: Bytes,
    private readonly commitment: IncrementalHash,
    private readonly output: MeasuredSink,
  ) {}

  async write(content: Bytes): Promise<void> {
    this.commitment.update(content);
    for (let at = 0; at < content.length;) {
      const taken = content.subarray(at, at + CHUNK_BYTES - this.#filled);
      this.#buffer.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === CHUNK_BYTES) {
        await this.#emit(this.#buffer, false, this.headerDigest);
        this.#filled = 0;
      }
    }
  }

  /** Seals the last chunk with the commitment in its associated data and writes the commitment after it. */
  async finish(): Promise<Bytes> {
    const commitment = this.commitment.digest();
    const last = pad(this.#buffer.subarray(0, this.#filled));
    await this.#emit(last, true, concat(this.headerDigest, commitment));
    await this.output.write(commitment);
    this.#buffer.fill(0);
    return commitment;
  }

  async #emit(content: Bytes, final: boolean, associatedData: Bytes): Promise<void> {
    if (this.#index >= MAX_CHUNKS) throw new SealingError('envelope-too-large', { maxChunks: MAX_CHUNKS });
    const sealed = await sealChunk(this.key, this.#index, final, associatedData, content);
    await this.output.write(encodeFrame({ index: this.#index, final, length: sealed.length }));
    await this.output.write(sealed);
    this.#index++;
  }
}

/** A chunk as it stands in the envelope; the last one comes with the commitment that follows it. */
type OnChunk = (frame: Frame, sealed: Bytes, commitment: Bytes | undefined) => Promise<void>;

/** Walks the frames to the very end of the source before it hands on the last chunk. */
async function readBody(reader: ByteReader, onChunk: OnChunk): Promise<Bytes> {
  for (let index = 0; ; index++) {
    const frame = decodeFrame(await reader.exactly(FRAME_BYTES), index);
    const sealed = await reader.exactly(frame.length);
    if (!frame.final) {
      await onChunk(frame, sealed, undefined);
      continue;
    }
    const commitment = await reader.exactly(COMMITMENT_BYTES);
    if (!(await reader.atEnd())) throw new SealingError('envelope-trailing-data', { after: reader.count });
    await onChunk(frame, sealed, commitment);
    return commitment;
  }
}

/**
 * Checks an envelope's form without any key and computes its digest: what the platform does when it receives
 * one, so that a broken upload is refused at once and not found at the opening.
 *
 * @throws SealingError any `envelope-*`, `chunk-out-of-order`, and `wrong-*` for what is expected.
 */
export async function inspectEnvelope(
  source: ByteSource,
  expected?: Partial<ExpectedEnvelope> & { to?: TenderPublicKey },
): Promise<EnvelopeSummary> {
  const reader = new ByteReader(source);
  try {
    const { header } = await readHeader(reader.exactly);
    checkHeader(header, 'bid', expected ?? {});
    const commitment = await readBody(reader, async () => {
      // Without the key there is nothing more to learn from a chunk.
    });
    const summary = summarize(header, commitment, toHex(reader.digest()), reader.count);
    checkDigest(summary.digest, expected?.digest);
    return summary;
  } finally {
    await reader.close();
  }
}

function checkHeader(
  header: EnvelopeHeader,
  kind: EnvelopeKind,
  expected: Partial<ExpectedEnvelope> & { to?: TenderPublicKey },
): void {
  if (header.kind !== kind) {
    throw new SealingError(kind === 'bid' ? 'envelope-is-a-rehearsal' : 'envelope-is-not-a-rehearsal');
  }
  const { to, bidder, document, revision } = expected;
  if (to !== undefined && header.tender !== to.tender) {
    throw new SealingError('wrong-tender', { expected: to.tender, found: header.tender });
  }
  if (to !== undefined && header.tenderKeyId !== to.keyId) {
    throw new SealingError('wrong-tender-key', { expected: to.keyId, found: header.tenderKeyId });
  }
  if (bidder !== undefined && header.bidder !== bidder) {
    // Without the names: an error may be logged, and no log may tell who bid.
    throw new SealingError('wrong-bidder');
  }
  if (document !== undefined && header.document !== document) {
    throw new SealingError('wrong-document', { expected: document, found: header.document });
  }
  if (revision !== undefined && header.revision !== revision) {
    throw new SealingError('wrong-revision', { expected: revision, found: header.revision });
  }
}

function checkDigest(found: string, expected: string | undefined): void {
  if (expected !== undefined && expected !== found)
    throw new SealingError('digest-mismatch', { expected, found });
}

/**
 * Opens an envelope piece by piece.
 *
 * Every piece is authentic when the sink gets it, but only a normal return says that the document is complete
 * and is the one committed to: write to a temporary place and keep it after the return.
 *
 * @throws SealingError with a code of its own for each way of not fitting; see the README. What the source or
 *   the sink throws passes through unchanged.
 */
export async function openStream(
  source: ByteSource,
  key: TenderPrivateKey,
  expected: ExpectedEnvelope,
  sink: ByteSink,
): Promise<EnvelopeSummary> {
  return openAs('bid', source, key, expected, sink);
}

/** `openStream` for content that fits in memory: answers it only when all of it is authentic. */
export async function open(
  source: ByteSource,
  key: TenderPrivateKey,
  expected: ExpectedEnvelope,
): Promise<{ summary: EnvelopeSummary; content: Bytes }> {
  const parts: Uint8Array[] = [];
  const summary = await openStream(source, key, expected, (bytes) => void parts.push(bytes));
  return { summary, content: concat(...parts) };
}

/** Not exported from the front door: only the rehearsal opens rehearsal envelopes. */
export async function openAs(
  kind: EnvelopeKind,
  source: ByteSource,
  key: TenderPrivateKey,
  expected: ExpectedEnvelope,
  sink: ByteSink,
): Promise<EnvelopeSummary> {
  const seed = reveal(key);
  const reader = new ByteReader(source);
  try {
    const parsed = await readHeader(reader.exactly);
    checkHeader(parsed.header, kind, { ...expected, to: key.publicKey });
    return await openBody(reader, parsed, seed, expected.digest, sink);
  } finally {
    await reader.close();
  }
}

async function openBody(
  reader: ByteReader,
  { header, binding, sealedKey, bytes }: ParsedHeader,
  seed: Bytes,
  expectedDigest: string | undefined,
  sink: ByteSink,
): Promise<EnvelopeSummary> {
  const keyBlock = await openWith(seed, 'envelope', binding, sealedKey, 'key-seal-broken');
  if (keyBlock.length !== KEY_BLOCK_BYTES) throw new SealingError('key-seal-broken');
  const contentKey = await importContentKey(keyBlock.slice(0, 32));
  const headerDigest = sha256(bytes);
  const mac = createHmacSha256(keyBlock.slice(32));
  keyBlock.fill(0);

  let digest = '';
  const commitment = await readBody(reader, async (frame, sealed, last) => {
    const associatedData = last === undefined ? headerDigest : concat(headerDigest, last);
    const padded = await openChunk(contentKey, frame, associatedData, sealed);
    const content = last === undefined ? padded : unpad(padded);
    mac.update(content);
    if (last !== undefined) {
      if (!equal(mac.digest(), last)) throw new SealingError('commitment-mismatch');
      digest = toHex(reader.digest());
      checkDigest(digest, expectedDigest);
    }
    if (content.length > 0) await sink(content);
  });
  return summarize(header, commitment, digest, reader.count);
}

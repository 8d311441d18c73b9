import { describe, expect, it } from '@jest/globals';
import { concat, u16, u32, utf8, type Bytes } from './bytes.js';
import { CHUNK_BYTES, decodeFrame, encodeFrame, MAX_CHUNKS, pad, PADDING_BYTES, unpad } from './chunks.js';
import { inspectEnvelope, open } from './envelope.js';
import { encodeBinding, readHeader, SEALED_KEY_BYTES, type EnvelopeHeader } from './header.js';
import {
  assemble,
  codeOf,
  counting,
  dissect,
  errorOf,
  EXPECTED,
  givenEnvelope,
  givenOffice,
  givenTenderKey,
  TENDER,
} from './sealing.test-support.js';

const HEADER: EnvelopeHeader = { kind: 'bid', tender: TENDER, tenderKeyId: 'ab'.repeat(32), ...EXPECTED };
const TAG = 16;

/** Reads a header out of bytes in memory, as the reader of an envelope would. */
async function read(bytes: Bytes) {
  let at = 0;
  return readHeader((length) => {
    const piece = bytes.slice(at, at + length);
    at += length;
    return Promise.resolve(piece);
  });
}
const withBytes = (change: (bytes: Bytes) => void) => {
  const bytes = concat(encodeBinding(HEADER), new Uint8Array(SEALED_KEY_BYTES));
  change(bytes);
  return bytes;
};
const encode = (change: Partial<EnvelopeHeader>) =>
  Promise.resolve().then(() => encodeBinding({ ...HEADER, ...change }));

describe('a header', () => {
  it('comes back as it went, of either kind and up to the last revision', async () => {
    for (const kind of ['bid', 'rehearsal'] as const) {
      for (const revision of [1, 0xffff_ffff]) {
        const header = { ...HEADER, kind, revision };
        const sealedKey = counting(SEALED_KEY_BYTES);
        const parsed = await read(concat(encodeBinding(header), sealedKey));
        expect(parsed.header).toEqual(header);
        expect(parsed.binding).toEqual(encodeBinding(header));
        expect(parsed.sealedKey).toEqual(sealedKey);
        expect(parsed.bytes).toEqual(concat(encodeBinding(header), sealedKey));
      }
    }
  });

  it.each([0, -1, 1.5, 0x1_0000_0000, Number.NaN])('is not written for the revision %d', async (revision) => {
    expect((await errorOf(encode({ revision }))).details).toEqual({ field: 'revision' });
  });

  it('takes names of 256 bytes, and not of 257', async () => {
    for (const field of ['tender', 'bidder', 'document'] as const) {
      const longest = { ...HEADER, [field]: '字'.repeat(85) + 'x' };
      expect((await read(concat(encodeBinding(longest), new Uint8Array(SEALED_KEY_BYTES)))).header).toEqual(
        longest,
      );
      expect(await codeOf(encode({ [field]: '字'.repeat(85) + 'xx' }))).toBe('label-invalid');
    }
    expect(await codeOf(encode({ tenderKeyId: 'AB'.repeat(32) }))).toBe('public-key-invalid');
    expect(await codeOf(encode({ tenderKeyId: 'ab'.repeat(31) }))).toBe('public-key-invalid');
  });

  it.each<[string, string, (bytes: Bytes) => void]>([
    ['another magic', 'envelope-malformed', (bytes) => (bytes[3] = 0)],
    ['another version', 'envelope-version-unsupported', (bytes) => (bytes[4] = 2)],
    ['another suite', 'envelope-version-unsupported', (bytes) => (bytes[5] = 2)],
    ['no kind', 'envelope-malformed', (bytes) => (bytes[6] = 0)],
    ['an unknown kind', 'envelope-malformed', (bytes) => (bytes[6] = 3)],
    ['the reserved byte in use', 'envelope-malformed', (bytes) => (bytes[7] = 1)],
    [
      'no revision',
      'envelope-malformed',
      (bytes) => {
        bytes.set(u32(0), 40);
      },
    ],
    [
      'an empty name',
      'envelope-malformed',
      (bytes) => {
        bytes.set(u16(0), 44);
      },
    ],
    [
      'a name of 257 bytes',
      'envelope-malformed',
      (bytes) => {
        bytes.set(u16(257), 44);
      },
    ],
    ['a name that is no text', 'envelope-malformed', (bytes) => (bytes[46] = 0xff)],
    ['a name with a control character', 'envelope-malformed', (bytes) => (bytes[47] = 0x0a)],
    ['a name that begins with a space', 'envelope-malformed', (bytes) => (bytes[46] = 0x20)],
  ])('with %s is refused as %s', async (_, code, change) => {
    await read(withBytes(() => undefined)); // the control
    expect(await codeOf(read(withBytes(change)))).toBe(code);
  });

  it('does not wait for a name longer than any', async () => {
    const asked: number[] = [];
    const bytes = withBytes((all) => {
      all.set(u16(0xffff), 44);
    });
    let at = 0;
    const reading = readHeader((length) => {
      asked.push(length);
      at += length;
      return Promise.resolve(bytes.slice(at - length, at));
    });
    expect((await errorOf(reading)).details).toEqual({ part: 'tender' });
    expect(Math.max(...asked)).toBeLessThan(300);
  });
});

describe('a frame', () => {
  const frame = (index: number, final: boolean, content: number) =>
    encodeFrame({ index, final, length: content + TAG });
  const decode = (bytes: Bytes, expected = 0) => Promise.resolve().then(() => decodeFrame(bytes, expected));

  it.each<[boolean, number]>([
    [false, CHUNK_BYTES],
    [true, PADDING_BYTES],
    [true, 2 * PADDING_BYTES],
    [true, CHUNK_BYTES],
  ])('comes back as it went (final: %s, %d bytes)', async (final, content) => {
    expect(await decode(frame(0, final, content))).toEqual({ index: 0, final, length: content + TAG });
  });

  it.each<[boolean, number]>([
    [false, CHUNK_BYTES - 1],
    [false, CHUNK_BYTES + 1],
    [false, PADDING_BYTES],
    [false, 0],
    [true, 0],
    [true, PADDING_BYTES - 1],
    [true, PADDING_BYTES + 1],
    [true, CHUNK_BYTES + PADDING_BYTES],
  ])('of another length is malformed (final: %s, %d bytes)', async (final, content) => {
    expect(await codeOf(decode(frame(0, final, content)))).toBe('envelope-malformed');
  });

  it('with a flag that is none is malformed, of a full chunk or the last', async () => {
    for (const final of [false, true]) {
      const bytes = frame(0, final, CHUNK_BYTES);
      bytes[4] = 2;
      expect(await codeOf(decode(bytes))).toBe('envelope-malformed');
    }
  });

  it('has the number of its place, and a place below the limit', async () => {
    expect((await errorOf(decode(frame(1, true, PADDING_BYTES)))).details).toEqual({ expected: 0, found: 1 });
    expect((await decode(frame(MAX_CHUNKS - 1, true, PADDING_BYTES), MAX_CHUNKS - 1)).index).toBe(
      MAX_CHUNKS - 1,
    );
    expect(await codeOf(decode(frame(MAX_CHUNKS, true, PADDING_BYTES), MAX_CHUNKS))).toBe(
      'envelope-too-large',
    );
  });

  it.each([0, 1, PADDING_BYTES - 1, PADDING_BYTES, PADDING_BYTES + 1])(
    'is filled up to the next whole block and comes back (%d bytes)',
    (length) => {
      const padded = pad(counting(length));
      expect(padded.length).toBe((Math.floor(length / PADDING_BYTES) + 1) * PADDING_BYTES);
      expect(Buffer.compare(unpad(padded), counting(length))).toBe(0);
    },
  );
});

describe('at the door, without a key', () => {
  it('an envelope for another tender, or another key of the tender, is refused by name', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    expect((await inspectEnvelope(envelope, { to: key.publicKey })).tender).toBe(TENDER);
    const { publicKey: elsewhere } = await givenTenderKey('tender-2027-014');
    const { publicKey: renewed } = await givenTenderKey();
    expect(await codeOf(inspectEnvelope(envelope, { to: elsewhere }))).toBe('wrong-tender');
    expect(await codeOf(inspectEnvelope(envelope, { to: renewed }))).toBe('wrong-tender-key');
  });

  it('a rehearsal does not pass for a bid', async () => {
    const { rehearsal } = (await givenOffice(2, 2)).tenderSeal;
    expect(await codeOf(inspectEnvelope(rehearsal.envelope))).toBe('envelope-is-a-rehearsal');
  });

  it('an envelope cut off, lengthened, out of order or of another form is refused', async () => {
    const { envelope } = await givenEnvelope(await givenTenderKey(), counting(CHUNK_BYTES + 5));
    const parts = dissect(envelope);
    const [first, last] = parts.frames;
    if (first === undefined || last === undefined) throw new Error('two chunks were expected');
    const inspect = (bytes: Uint8Array) => codeOf(inspectEnvelope(bytes));
    expect(await inspect(envelope.slice(0, -1))).toBe('envelope-truncated');
    expect(await inspect(concat(envelope, new Uint8Array(1)))).toBe('envelope-trailing-data');
    expect(await inspect(assemble({ ...parts, frames: [last] }))).toBe('chunk-out-of-order');
    expect(await inspect(assemble({ ...parts, frames: [first, first, last] }))).toBe('chunk-out-of-order');
    expect(await inspect(utf8('a letter'))).toBe('envelope-malformed');
    expect(await inspect(new Uint8Array(0))).toBe('envelope-truncated');
  });

  it('names no bidder in the refusal: an error may be logged', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    const error = await errorOf(inspectEnvelope(envelope, { bidder: 'org-other' }));
    expect([error.code, error.details]).toEqual(['wrong-bidder', {}]);
  });

  it('lets go of the source, whether the envelope passes or not, and when it is opened', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    let released = 0;
    const source = async function* (bytes: Uint8Array) {
      try {
        for (let at = 0; ; at = (at + 50) % bytes.length)
          yield await Promise.resolve(bytes.subarray(at, at + 50));
      } finally {
        released++;
      }
    };
    // Endless: what follows an envelope is refused, and nobody reads on.
    expect(await codeOf(inspectEnvelope(source(envelope)))).toBe('envelope-trailing-data');
    expect(released).toBe(1);
    expect(await codeOf(open(source(envelope), key, EXPECTED))).toBe('envelope-trailing-data');
    expect(released).toBe(2);
    expect(await codeOf(open(source(envelope), key, { ...EXPECTED, bidder: 'org-other' }))).toBe(
      'wrong-bidder',
    );
    expect(released).toBe(3);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { createHash, createHmac } from 'node:crypto';
import { concat, u32, type Bytes } from './bytes.js';
import { CHUNK_BYTES, pad, PADDING_BYTES } from './chunks.js';
import { verifyCommitment } from './commitment.js';
import { inspectEnvelope, open, openStream, seal, sealStream } from './envelope.js';
import { tenderKeyFromSeed } from './keys.js';
import { reveal } from './secret.js';
import {
  assemble,
  codeOf,
  counting,
  dissect,
  errorOf,
  EXPECTED,
  givenEnvelope,
  givenLyingEnvelope,
  givenTenderKey,
  TENDER,
} from './sealing.test-support.js';

describe('sealing and opening', () => {
  it.each([
    0,
    1,
    PADDING_BYTES - 1,
    PADDING_BYTES,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    3 * CHUNK_BYTES + 5,
  ])('gives back the content of %i bytes', async (length) => {
    const key = await givenTenderKey();
    const content = counting(length);
    const { envelope, summary } = await givenEnvelope(key, content);
    const opened = await open(envelope, key, { ...EXPECTED, digest: summary.digest });
    expect(Buffer.compare(opened.content, content)).toBe(0);
    expect(opened.summary).toEqual(summary);
  });

  it('gives back what a stream, a blob and tiny or huge pieces carry', async () => {
    const key = await givenTenderKey();
    const content = counting(2 * CHUNK_BYTES + 77);
    const blob = new Blob([content]);
    const sources = [
      content,
      blob,
      blob.stream(),
      Readable.from([content.subarray(0, 3), new Uint8Array(0), content.subarray(3)]),
      Readable.from(Array.from({ length: 700 }, (_, i) => content.subarray(i * 190, (i + 1) * 190))),
    ];
    for (const source of sources) {
      const { envelope } = await seal({ to: key.publicKey, ...EXPECTED, content: source });
      const opened = await open(
        Readable.from([envelope.subarray(0, 50), envelope.subarray(50)]),
        key,
        EXPECTED,
      );
      expect(Buffer.compare(opened.content, content)).toBe(0);
    }
  });

  it('says of an envelope what sha256sum says of the file', async () => {
    const { envelope, summary } = await givenEnvelope(await givenTenderKey());
    expect(summary.digest).toBe(createHash('sha256').update(envelope).digest('hex'));
    expect(summary.bytes).toBe(envelope.length);
    expect(await inspectEnvelope(envelope)).toEqual(summary);
  });

  it('commits to the content so that only the key of the commitment can show it', async () => {
    const key = await givenTenderKey();
    const { summary, commitmentKey } = await givenEnvelope(key, 'price: 128,500.00');
    const hmac = createHmac('sha256', commitmentKey.exportSecret()).update('price: 128,500.00').digest('hex');
    expect(summary.commitment).toBe(hmac);
    expect(summary.commitment).not.toBe(createHash('sha256').update('price: 128,500.00').digest('hex'));
    const document = new TextEncoder().encode('price: 128,500.00');
    await verifyCommitment(document, commitmentKey, summary.commitment);
    const other = new TextEncoder().encode('price: 128,500.01');
    expect(await codeOf(verifyCommitment(other, commitmentKey, summary.commitment))).toBe(
      'commitment-mismatch',
    );
  });

  it('seals the same content differently each time, and every price to the same length', async () => {
    const key = await givenTenderKey();
    const first = await givenEnvelope(key, '9');
    const again = await givenEnvelope(key, '9');
    const longer = await givenEnvelope(key, '1,234,567,890.00');
    expect(first.summary.digest).not.toBe(again.summary.digest);
    expect(first.summary.commitment).not.toBe(again.summary.commitment);
    expect(longer.envelope.length).toBe(first.envelope.length);
  });

  it('hands a failing sink back to the caller instead of blaming the envelope', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    const full = () => Promise.reject(new Error('disk full'));
    await expect(openStream(envelope, key, EXPECTED, full)).rejects.toThrow('disk full');
    await expect(sealStream({ to: key.publicKey, ...EXPECTED, content: counting(9) }, full)).rejects.toThrow(
      'disk full',
    );
  });

  it('refuses names that could be read in two ways', async () => {
    const key = await givenTenderKey();
    for (const bidder of ['', ' a', 'a\n', 'a\ud800', 'x'.repeat(257)]) {
      const error = await errorOf(givenEnvelope(key, 'x', { bidder }));
      expect([error.code, error.details]).toEqual(['label-invalid', { field: 'bidder' }]);
    }
    expect(await codeOf(givenEnvelope(key, 'x', { revision: 0 }))).toBe('label-invalid');
  });
});

describe('an envelope that does not fit is refused by name', () => {
  it('wrong tender, wrong key of the right tender', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    expect(await codeOf(open(envelope, await givenTenderKey('tender-2027-014'), EXPECTED))).toBe(
      'wrong-tender',
    );
    expect(await codeOf(open(envelope, await givenTenderKey(TENDER), EXPECTED))).toBe('wrong-tender-key');
  });

  it('one key reused for two tenders still keeps their envelopes apart', async () => {
    const key = await givenTenderKey();
    const twin = await tenderKeyFromSeed('tender-2027-014', reveal(key));
    const { envelope } = await givenEnvelope(key);
    expect(await codeOf(open(envelope, twin, EXPECTED))).toBe('wrong-tender');
    const renamed = concat(
      envelope.slice(0, 46 + TENDER.length - 1),
      new Uint8Array([0x34]),
      envelope.slice(46 + TENDER.length),
    );
    expect(await codeOf(open(renamed, twin, EXPECTED))).toBe('wrong-tender-key');
  });

  it.each([
    ['wrong-bidder', { bidder: 'org-kangning' }],
    ['wrong-document', { document: 'technical' }],
    ['wrong-revision', { revision: 2 }],
    ['digest-mismatch', { digest: '00'.repeat(32) }],
  ])('%s', async (code, change) => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    expect(await codeOf(open(envelope, key, { ...EXPECTED, ...change }))).toBe(code);
    const { publicKey: to } = key;
    expect(await codeOf(inspectEnvelope(envelope, { to, ...EXPECTED, ...change }))).toBe(code);
  });

  it('an envelope rewritten to another bidder of the same length does not open', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    const at = 46 + TENDER.length + 2;
    const stolen = concat(
      envelope.slice(0, at),
      new TextEncoder().encode('org-other'),
      envelope.slice(at + 9),
    );
    const expected = { ...EXPECTED, bidder: 'org-other' };
    expect((await inspectEnvelope(stolen, expected)).bidder).toBe('org-other');
    expect(await codeOf(open(stolen, key, expected))).toBe('key-seal-broken');
  });

  it('the key block of one envelope does not open the body of another', async () => {
    const key = await givenTenderKey();
    const one = dissect((await givenEnvelope(key, 'one')).envelope);
    const two = dissect((await givenEnvelope(key, 'two')).envelope);
    expect(await codeOf(open(assemble({ ...one, header: two.header }), key, EXPECTED))).toBe(
      'chunk-corrupted',
    );
  });

  it('not an envelope, an unknown version, a destroyed key', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key);
    expect(await codeOf(open(new TextEncoder().encode('PK\u0003\u0004 a zip'), key, EXPECTED))).toBe(
      'envelope-malformed',
    );
    expect(await codeOf(open(new Uint8Array(0), key, EXPECTED))).toBe('envelope-truncated');
    const newer = Uint8Array.from(envelope);
    newer[4] = 2;
    expect(await codeOf(open(newer, key, EXPECTED))).toBe('envelope-version-unsupported');
    key.destroy();
    expect(await codeOf(open(envelope, key, EXPECTED))).toBe('key-destroyed');
  });
});

describe('a body that was tampered with is refused by name', () => {
  const content = counting(3 * CHUNK_BYTES + 10);

  async function given() {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key, content);
    const parts = dissect(envelope);
    expect(parts.frames).toHaveLength(4);
    expect(Buffer.compare(assemble(parts), envelope)).toBe(0); // the knife itself changes nothing
    const opening = (frames = parts.frames, footer = parts.footer) =>
      open(assemble({ ...parts, frames, footer }), key, EXPECTED);
    return { key, envelope, ...parts, opening };
  }

  it('opens when put together unchanged, so that the refusals below mean something', async () => {
    const { opening } = await given();
    expect(Buffer.compare((await opening()).content, content)).toBe(0);
  });

  it('chunks reordered, doubled or left out', async () => {
    const { frames, opening } = await given();
    const [a, b, c, last] = frames as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
    ];
    expect((await errorOf(opening([a, c, b, last]))).details).toEqual({ expected: 1, found: 2 });
    expect(await codeOf(opening([a, c, b, last]))).toBe('chunk-out-of-order');
    expect(await codeOf(opening([a, a, b, c, last]))).toBe('chunk-out-of-order');
    expect(await codeOf(opening([a, b, last]))).toBe('chunk-out-of-order');
  });

  it('chunks reordered and renumbered by somebody who knows the format', async () => {
    const { frames, opening } = await given();
    const renumbered = [0, 2, 1, 3].map((from, to) =>
      concat(u32(to), frames[from]?.slice(4) ?? new Uint8Array(0)),
    );
    const error = await errorOf(opening(renumbered));
    expect([error.code, error.details]).toEqual(['chunk-corrupted', { chunk: 1 }]);
  });

  it('cut off at a chunk, inside a chunk, before and inside the commitment', async () => {
    const { key, envelope, header, frames, footer } = await given();
    const ends = [
      header.length + (frames[0]?.length ?? 0),
      header.length + 100,
      envelope.length - 32,
      envelope.length - 1,
      3,
      60,
    ];
    for (const end of ends)
      expect(await codeOf(open(envelope.slice(0, end), key, EXPECTED))).toBe('envelope-truncated');
    expect(footer).toHaveLength(32);
  });

  it('cut off and closed with a forged final flag', async () => {
    const { frames, opening } = await given();
    const forged = Uint8Array.from(frames[1] ?? []);
    forged[4] = 1;
    expect(await codeOf(opening([frames[0] ?? forged, forged]))).toBe('chunk-corrupted');
  });

  it('something appended, the commitment exchanged', async () => {
    const { key, envelope, opening } = await given();
    expect(await codeOf(open(concat(envelope, new Uint8Array(1)), key, EXPECTED))).toBe(
      'envelope-trailing-data',
    );
    expect(await codeOf(opening(undefined, counting(32)))).toBe('chunk-corrupted');
  });

  it('a length that would make the reader wait or swallow memory', async () => {
    const { frames, opening } = await given();
    const huge = concat((frames[0] ?? new Uint8Array(9)).slice(0, 5), u32(0xffff_ffff));
    expect(await codeOf(opening([huge]))).toBe('envelope-malformed');
  });
});

describe('an envelope made by lying software', () => {
  const price = 'price: 128,500.00';
  const padded = (change: (bytes: Uint8Array<ArrayBuffer>) => void) => {
    const bytes = pad(new TextEncoder().encode(price));
    change(bytes);
    return bytes;
  };

  it('opens when it does not lie, so that the refusals below mean something', async () => {
    const key = await givenTenderKey();
    const opened = await open(await givenLyingEnvelope(key, price), key, EXPECTED);
    expect(new TextDecoder().decode(opened.content)).toBe(price);
  });

  it('is refused when it commits to another content, and hands none of it on', async () => {
    const key = await givenTenderKey();
    for (const commitment of [
      (honest: Bytes) => honest.map((byte, i) => (i === 31 ? byte ^ 1 : byte)),
      () => new Uint8Array(32),
    ]) {
      const envelope = await givenLyingEnvelope(key, price, { commitment });
      const parts: Uint8Array[] = [];
      const opening = openStream(envelope, key, EXPECTED, (bytes) => void parts.push(bytes));
      expect(await codeOf(opening)).toBe('commitment-mismatch');
      expect(parts).toEqual([]);
      // The door has no key and cannot see it.
      expect((await inspectEnvelope(envelope)).bidder).toBe(EXPECTED.bidder);
    }
  });

  it.each([
    ['no end of the content', padded((bytes) => bytes.fill(0, price.length))],
    ['something after the end', padded((bytes) => (bytes[bytes.length - 1] = 1))],
    ['another mark at the end', padded((bytes) => (bytes[price.length] = 0x81))],
  ])('is refused when its padding has %s', async (_, wrong) => {
    const key = await givenTenderKey();
    expect(await codeOf(open(await givenLyingEnvelope(key, price, { padded: wrong }), key, EXPECTED))).toBe(
      'padding-invalid',
    );
  });

  it('is refused when its padding hides another price than the one committed to', async () => {
    const key = await givenTenderKey();
    const other = pad(new TextEncoder().encode('price: 128,500.01'));
    expect(await codeOf(open(await givenLyingEnvelope(key, price, { padded: other }), key, EXPECTED))).toBe(
      'commitment-mismatch',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { openAll, type EnvelopeToOpen } from './opening.js';
import { codeOf, counting, EXPECTED, givenEnvelope, givenTenderKey } from './sealing.test-support.js';

async function given() {
  const key = await givenTenderKey();
  const bid = async (bidder: string, content: string): Promise<EnvelopeToOpen> => {
    const { envelope, summary } = await givenEnvelope(key, content, { bidder });
    return { envelope, expected: { ...EXPECTED, bidder, digest: summary.digest } };
  };
  return {
    key,
    bids: [await bid('org-a', '100'), await bid('org-b', '200'), await bid('org-c', '300')] as const,
  };
}

describe('opening all bids of a tender', () => {
  it('reports the bid that does not open and still opens the others, in order', async () => {
    const { key, bids } = await given();
    const [a, b, c] = bids;
    const damaged = Uint8Array.from(b.envelope as Uint8Array);
    damaged[damaged.length - 40] = (damaged[damaged.length - 40] ?? 0) ^ 1;
    const results = await openAll([a, { ...b, envelope: damaged }, c], key);
    expect(results.map((one) => one.expected.bidder)).toEqual(['org-a', 'org-b', 'org-c']);
    expect(
      results.map((one) => (one.opened ? new TextDecoder().decode(one.content) : one.error.code)),
    ).toEqual(['100', 'chunk-corrupted', '300']);
  });

  it('names a replayed envelope, one in the wrong place, an older revision and an unreceipted one', async () => {
    const { key, bids } = await given();
    const [a, b] = bids;
    const { envelope: resealed } = await givenEnvelope(key, '99', { bidder: 'org-a' });
    const results = await openAll(
      [
        a,
        a,
        { envelope: a.envelope, expected: b.expected },
        { envelope: a.envelope, expected: { ...a.expected, revision: 2 } },
        { envelope: resealed, expected: a.expected },
      ],
      key,
    );
    expect(results.map((one) => (one.opened ? 'opened' : one.error.code))).toEqual([
      'opened',
      'envelope-replayed',
      'wrong-bidder',
      'wrong-revision',
      'digest-mismatch',
    ]);
  });

  it('streams to a sink without keeping the content', async () => {
    const key = await givenTenderKey();
    const content = counting(200_000);
    const { envelope, summary } = await givenEnvelope(key, content);
    const parts: Uint8Array[] = [];
    const [result] = await openAll(
      [
        {
          envelope,
          expected: { ...EXPECTED, digest: summary.digest },
          sink: (bytes) => void parts.push(bytes),
        },
      ],
      key,
    );
    expect(result).toMatchObject({ opened: true, content: undefined });
    expect(Buffer.compare(Buffer.concat(parts), content)).toBe(0);
  });

  it('does not take a failing disk or a destroyed key for a bad bid', async () => {
    const { key, bids } = await given();
    const unreadable = Readable.from(
      (function* () {
        yield new Uint8Array(3);
        throw new Error('read error');
      })(),
    );
    await expect(openAll([{ ...bids[0], envelope: unreadable }], key)).rejects.toThrow('read error');
    key.destroy();
    expect(await codeOf(openAll(bids, key))).toBe('key-destroyed');
  });
});

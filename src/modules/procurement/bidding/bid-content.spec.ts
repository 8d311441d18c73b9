import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MAX_BID_BYTES, openEnvelope, toEnvelope } from './bid-content.js';

const BID = { responses: { team: '团队', plan: '方案' }, files: [], offerFen: 15_000_000 };
const opened = (content: object | string, format = 'plain-v1', lot = 1) =>
  openEnvelope(format, Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), lot);

describe('the envelope of a bid', () => {
  it('holds canonical JSON, so that the bidder computes the hash of the receipt alone', () => {
    const { format, bytes, sha256 } = toEnvelope(BID);
    const offer = '{"files":[],"number":1,"offerFen":15000000,"responses":{"plan":"方案","team":"团队"}}';
    const canonical = `{"lots":[${offer}]}`;
    expect([format, bytes.toString('utf8')]).toEqual(['plain-v2', canonical]);
    expect(sha256).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('opens to what was put in', () => {
    const { format, bytes } = toEnvelope(BID);
    expect(openEnvelope(format, bytes, 1)).toEqual(BID);
  });

  it('of the version before opens still: it was for the only lot', () => {
    const older = '{"files":[],"offerFen":15000000,"responses":{"plan":"方案","team":"团队"}}';
    expect(opened(older)).toEqual(BID);
    expect(opened(older, 'plain-v1', 2)).toBeUndefined();
    // And neither version is taken for the other.
    expect(opened(older, 'plain-v2')).toBeUndefined();
    expect(opened(toEnvelope(BID).bytes.toString('utf8'), 'plain-v1')).toBeUndefined();
  });

  it('has an offer for each lot that the bidder wants, and none for another', () => {
    const two = {
      lots: [
        { ...BID, number: 1 },
        { ...BID, number: 3, offerFen: 7 },
      ],
    };
    expect([1, 2, 3].map((lot) => opened(two, 'plain-v2', lot)?.offerFen)).toEqual([
      15_000_000,
      undefined,
      7,
    ]);
    const unreadable = [
      { lots: [] },
      {
        lots: [
          { ...BID, number: 1 },
          { ...BID, number: 1 },
        ],
      },
      {
        lots: [
          { ...BID, number: 1 },
          { ...BID, number: 3, offerFen: 0 },
        ],
      },
      { lots: [{ ...BID, number: 1 }], discount: 1 },
      { lots: [BID] },
    ];
    for (const content of unreadable) expect(opened(content, 'plain-v2')).toBeUndefined();
    for (const number of [0, 100, 1.5])
      expect(opened({ lots: [{ ...BID, number }] }, 'plain-v2', number)).toBeUndefined();
  });

  it('is as large as the table keeps it, and not a byte larger', () => {
    const empty = toEnvelope({ ...BID, responses: { plan: '' } }).bytes.length;
    const filled = (bytes: number) => ({ ...BID, responses: { plan: 'x'.repeat(bytes - empty) } });
    expect(toEnvelope(filled(MAX_BID_BYTES)).bytes).toHaveLength(MAX_BID_BYTES);
    expect(() => toEnvelope(filled(MAX_BID_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'procurement.bid-too-large', details: { maxBytes: MAX_BID_BYTES } }),
    );
  });

  it('is recorded as unreadable when it is anything else', () => {
    const good = { offerFen: 1, responses: {}, files: [] };
    expect(opened(good)).toEqual(good);
    expect(opened(good, 'sealed-v1')).toBeUndefined();
    for (const wrong of [
      '{"offerFen":',
      'null',
      { ...good, offerFen: 0 },
      { ...good, offerFen: 1.5 },
      { ...good, offerFen: '1' },
      { ...good, offerFen: Number.MAX_SAFE_INTEGER + 1 },
      { ...good, discount: 1 },
      { ...good, files: [{ id: '1', name: 'a.pdf', sha256: '', more: 1 }] },
      { ...good, files: Array.from({ length: 21 }, () => ({ id: '1', name: 'a.pdf', sha256: '' })) },
      { ...good, responses: { plan: 'x'.repeat(20_001) } },
      { offerFen: 1, responses: {} },
    ])
      expect(opened(wrong)).toBeUndefined();
  });
});

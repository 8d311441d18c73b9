import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MAX_BID_BYTES, openEnvelope, toEnvelope } from './bid-content.js';

const BID = { responses: { team: '团队', plan: '方案' }, files: [], offerFen: 15_000_000 };
const opened = (content: object | string, format = 'plain-v1') =>
  openEnvelope(format, Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));

describe('the envelope of a bid', () => {
  it('holds canonical JSON, so that the bidder computes the hash of the receipt alone', () => {
    const { format, bytes, sha256 } = toEnvelope(BID);
    const canonical = '{"files":[],"offerFen":15000000,"responses":{"plan":"方案","team":"团队"}}';
    expect([format, bytes.toString('utf8')]).toEqual(['plain-v1', canonical]);
    expect(sha256).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('opens to what was put in', () => {
    const { format, bytes } = toEnvelope(BID);
    expect(openEnvelope(format, bytes)).toEqual(BID);
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

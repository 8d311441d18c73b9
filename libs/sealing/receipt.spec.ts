import { describe, expect, it } from '@jest/globals';
import { leafHash, MemoryTileStore, MerkleLog, verifyInclusion } from '#libs/merkle';
import { inspectEnvelope } from './envelope.js';
import { issueReceipt, receiptBody, receiptLeaf, verifyReceipt, type Receipt } from './receipt.js';
import { codeOf, givenEnvelope, givenTenderKey } from './sealing.test-support.js';

async function given() {
  const { publicKey, privateKey } = (await crypto.subtle.generateKey('Ed25519', false, [
    'sign',
    'verify',
  ])) as unknown as Record<'publicKey' | 'privateKey', Parameters<typeof issueReceipt>[2]>;
  const key = await givenTenderKey();
  const { envelope } = await givenEnvelope(key);
  const body = receiptBody(await inspectEnvelope(envelope), new Date('2027-03-01T09:15:00.123Z'));
  const receipt = await issueReceipt(body, { origin: 'linqiao.example/log', index: 41 }, privateKey);
  return { key, envelope, publicKey, privateKey, receipt };
}

describe('a receipt', () => {
  it('verifies with the platform key, alone and against the envelope, also after JSON', async () => {
    const { receipt, publicKey, envelope } = await given();
    const stored: unknown = JSON.parse(JSON.stringify(receipt));
    expect(await verifyReceipt(stored, publicKey)).toEqual(receipt);
    expect(await verifyReceipt(stored, publicKey, envelope)).toEqual(receipt);
    expect(receipt.body.receivedAt).toBe('2027-03-01T09:15:00.123Z');
  });

  it('is broken by any change of any field', async () => {
    const { receipt, publicKey } = await given();
    const changes: Partial<Record<keyof Receipt['body'], unknown>> = {
      tender: 'tender-2027-014',
      bidder: 'org-other',
      document: 'technical',
      revision: 2,
      digest: '00'.repeat(32),
      commitment: '00'.repeat(32),
      bytes: 1,
      receivedAt: '2027-03-01T09:15:00.122Z',
      blinding: 'A'.repeat(43),
    };
    expect(Object.keys(changes).length).toBe(Object.keys(receipt.body).length - 1); // all but the version
    for (const [field, value] of Object.entries(changes)) {
      const forged = { ...receipt, body: { ...receipt.body, [field]: value } };
      expect(await codeOf(verifyReceipt(forged, publicKey))).toBe('receipt-signature-invalid');
    }
    for (const log of [
      { ...receipt.log, index: 42 },
      { ...receipt.log, origin: 'other.example/log' },
    ]) {
      expect(await codeOf(verifyReceipt({ ...receipt, log }, publicKey))).toBe('receipt-signature-invalid');
    }
  });

  it('is not for another envelope and not from another platform', async () => {
    const { receipt, publicKey, key } = await given();
    const { envelope: other } = await givenEnvelope(key);
    expect(await codeOf(verifyReceipt(receipt, publicKey, other))).toBe('receipt-for-another-envelope');
    const { publicKey: stranger } = await given();
    expect(await codeOf(verifyReceipt(receipt, stranger))).toBe('receipt-signature-invalid');
  });

  it('is for one content: the right digest with another commitment is another envelope', async () => {
    const { receipt, privateKey, publicKey, envelope } = await given();
    const issued = (change: Partial<Receipt['body']>) =>
      issueReceipt({ ...receipt.body, ...change }, receipt.log, privateKey);
    const commitment = '00'.repeat(32);
    for (const wrong of [await issued({ commitment }), await issued({ digest: commitment })]) {
      await verifyReceipt(wrong, publicKey); // signed, and well formed
      expect(await codeOf(verifyReceipt(wrong, publicKey, envelope))).toBe('receipt-for-another-envelope');
    }
    expect(await codeOf(verifyReceipt(receipt, publicKey, new TextEncoder().encode('a letter')))).toBe(
      'envelope-malformed',
    );
  });

  it('is not issued for what could not be read back', async () => {
    const { receipt, privateKey } = await given();
    for (const change of [
      { bytes: -1 },
      { bytes: 1.5 },
      { bytes: 2 ** 53 },
      { receivedAt: 'soon' },
      { bidder: ' ' },
    ]) {
      const body = { ...receipt.body, ...change };
      expect(await codeOf(issueReceipt(body, receipt.log, privateKey))).toBe('receipt-malformed');
    }
    for (const log of [
      { origin: '', index: 0 },
      { origin: 'a', index: -1 },
      { origin: 'a', index: 0.5 },
    ]) {
      expect(await codeOf(issueReceipt(receipt.body, log, privateKey))).toBe('receipt-malformed');
    }
    const first = await issueReceipt({ ...receipt.body, bytes: 0 }, { origin: 'a', index: 0 }, privateKey);
    expect([first.body.bytes, first.log.index]).toEqual([0, 0]);
  });

  it('answers only what the signature covers', async () => {
    const { receipt, publicKey } = await given();
    const more = {
      ...receipt,
      note: 'x',
      body: { ...receipt.body, rank: 1 },
      log: { ...receipt.log, note: 'x' },
    };
    expect(await verifyReceipt(more, publicKey)).toEqual(receipt);
  });

  it.each([
    ['signature', { signature: 'AA' }],
    ['signature', { signature: undefined }],
    ['body', { body: undefined }],
    ['log', { log: undefined }],
  ])('without a %s is malformed', async (_, change) => {
    const { receipt, publicKey } = await given();
    expect(await codeOf(verifyReceipt({ ...receipt, ...change }, publicKey))).toBe('receipt-malformed');
  });

  it.each([
    ['version', 2],
    ['version', undefined],
    ['receivedAt', '2027-03-01T09:15:00Z'],
    ['receivedAt', 1_803_978_900_000],
    ['bytes', '1'],
    ['bidder', 7],
    ['document', 'a\nb'],
    ['commitment', 'AB'.repeat(32)],
    ['receivedAt', '2027-03-01'],
    ['revision', -1],
    ['digest', 'xyz'],
    ['blinding', 'AA=='],
    ['tender', ''],
  ])('with a bad %s is malformed', async (field, value) => {
    const { receipt, publicKey } = await given();
    const bad = { ...receipt, body: { ...receipt.body, [field]: value } };
    expect(await codeOf(verifyReceipt(bad, publicKey))).toBe('receipt-malformed');
    expect(await codeOf(verifyReceipt(null, publicKey))).toBe('receipt-malformed');
  });

  it('is shown to stand in the transparency log by the log alone', async () => {
    const { receipt } = await given();
    const log = new MerkleLog(new MemoryTileStore());
    await log.append(Array.from({ length: receipt.log.index }, (_, i) => new Uint8Array(32).fill(i)));
    const leaf = receiptLeaf(receipt.body);
    expect((await log.append([leaf])).firstIndex).toBe(receipt.log.index);
    await log.append([new Uint8Array(32)]);
    const head = await log.head();
    const proof = await log.inclusionProof(receipt.log.index);
    verifyInclusion(leafHash(leaf), proof, head);
    const backdated = receiptLeaf({ ...receipt.body, receivedAt: '2027-02-28T09:15:00.123Z' });
    expect(() => {
      verifyInclusion(leafHash(backdated), proof, head);
    }).toThrow('inclusion-proof-invalid');
  });

  it('leaves a leaf that tells nobody without the receipt who bid', async () => {
    const { receipt, envelope } = await given();
    const again = receiptBody(await inspectEnvelope(envelope), new Date(receipt.body.receivedAt));
    expect(receiptLeaf(receipt.body)).toHaveLength(32);
    expect(receiptLeaf(again)).not.toEqual(receiptLeaf(receipt.body));
  });
});

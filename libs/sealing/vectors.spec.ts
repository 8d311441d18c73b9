import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, toHex } from './bytes.js';
import { open } from './envelope.js';
import { importHolderKey } from './keys.js';
import { parseManifest } from './manifest.js';
import { receiptLeaf, verifyReceipt } from './receipt.js';
import { reveal } from './secret.js';
import { combineShares, openShare, type SealedShare } from './shares.js';
import { computeVector, derived, ENVELOPE_VECTORS, tenderKeyOf } from './vectors.test-support.js';

interface Vectors {
  envelopes: ({ name: string; tenderSeed: string; envelope?: string } & Record<string, unknown>)[];
  shares: {
    manifest: unknown;
    sealedShares: SealedShare[];
    holders: { holder: string; seed: string }[];
  };
  receipt: { platformPublicKey: string; receipt: unknown; leaf: string };
}

const path = join(import.meta.dirname, 'vectors.v1.json');
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors;

/**
 * Envelopes are kept for years: what version 1 sealed must open in every later release. When one of these
 * fails, the format has changed and needs a new version number; the file is never regenerated.
 */
describe('test vectors of format version 1', () => {
  it.each(ENVELOPE_VECTORS)('envelope "$name" comes out byte for byte', async (vector) => {
    const committed = vectors.envelopes.find(({ name }) => name === vector.name);
    expect(await computeVector(vector)).toEqual(committed);
  });

  it('committed envelopes open', async () => {
    const withBytes = ENVELOPE_VECTORS.flatMap((vector) => {
      const envelope = vectors.envelopes.find(({ name }) => name === vector.name)?.envelope;
      return envelope === undefined
        ? []
        : [{ vector, envelope: Uint8Array.from(Buffer.from(envelope, 'base64')) }];
    });
    expect(withBytes.map(({ vector }) => vector.name)).toEqual(['empty', 'price']);
    for (const { vector, envelope } of withBytes) {
      const { bidder, document, revision } = vector;
      const opened = await open(envelope, await tenderKeyOf(vector), { bidder, document, revision });
      expect(opened.content).toEqual(derived(`${vector.name}/content`, vector.contentBytes));
    }
  });

  it('committed shares open and bring the key back, by any two holders', async () => {
    const manifest = parseManifest(vectors.shares.manifest);
    const shares = [];
    for (const [i, { holder, seed }] of vectors.shares.holders.entries()) {
      const key = await importHolderKey(holder, fromHex(seed, 32, 'private-key-invalid'));
      const sealed = vectors.shares.sealedShares[i];
      if (sealed === undefined) throw new Error('a holder without a share');
      shares.push(await openShare(manifest, sealed, key));
    }
    const expected = vectors.envelopes.find(({ name }) => name === 'price')?.tenderSeed;
    for (let first = 0; first < shares.length; first++) {
      for (const second of shares.slice(first + 1)) {
        const pair = [shares[first], second].filter((share) => share !== undefined);
        expect(toHex(reveal(await combineShares(manifest, pair)))).toBe(expected);
      }
    }
  });

  it('the committed receipt verifies and has the committed leaf', async () => {
    const { platformPublicKey, receipt, leaf } = vectors.receipt;
    const raw = fromHex(platformPublicKey, 32, 'public-key-invalid');
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']);
    const { body } = await verifyReceipt(receipt, key);
    expect(toHex(receiptLeaf(body))).toBe(leaf);
  });
});

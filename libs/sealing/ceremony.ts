import { concat, randomBytes, utf8, type Bytes } from './bytes.js';
import { openAs, sealWithEntropy, type EnvelopeSummary } from './envelope.js';
import { newTenderKey, type TenderPublicKey } from './keys.js';
import type { ShareManifest } from './manifest.js';
import { combineShares, splitKey, type Holders, type SealedShare, type TenderKeyShare } from './shares.js';

export interface TenderSeal {
  /** To publish with the tender. */
  publicKey: TenderPublicKey;
  /** To store with the tender; public. */
  manifest: ShareManifest;
  /** One for each holder. */
  sealedShares: SealedShare[];
  /** A test envelope for `rehearse`; public, holds only random bytes. */
  rehearsal: RehearsalEnvelope;
}

export interface RehearsalEnvelope {
  envelope: Bytes;
  summary: EnvelopeSummary;
}

export interface RehearsalReport {
  /** Whose shares opened the test envelope, in the order given. */
  holders: string[];
  escrowUsed: boolean;
}

const REHEARSAL = { bidder: 'rehearsal', document: 'rehearsal', revision: 1 } as const;

/**
 * The ceremony at publication: makes the tender's key, splits it k of n, seals every share to its holder,
 * proves that the shares open a test envelope, and destroys key and shares. The private key never leaves this
 * function.
 *
 * @throws SealingError `threshold-invalid` | `holders-invalid` | `label-invalid` | `public-key-invalid`
 */
export async function createTenderSeal(
  request: { tender: string; threshold: number } & Holders,
): Promise<TenderSeal> {
  const key = await newTenderKey(request.tender);
  const { publicKey } = key;
  try {
    const { manifest, sealedShares, shares } = await splitKey(key, request.threshold, request);
    key.destroy();
    try {
      const rehearsal = await sealRehearsal(publicKey);
      // Every share takes part in at least one group of exactly k: none is found broken at the opening.
      for (let first = 0; first < shares.length; first++) {
        const group = Array.from(
          { length: manifest.threshold },
          (_, i) => shares[(first + i) % shares.length],
        );
        await rehearse({ manifest, rehearsal, shares: group.filter((share) => share !== undefined) });
      }
      return { publicKey, manifest, sealedShares, rehearsal };
    } finally {
      for (const share of shares) share.destroy();
    }
  } finally {
    key.destroy();
  }
}

async function sealRehearsal(to: TenderPublicKey): Promise<RehearsalEnvelope> {
  const parts: Uint8Array[] = [];
  const content = concat(utf8('linqiao rehearsal\n'), randomBytes(32));
  const entropy = { contentKey: randomBytes(32), commitmentKey: randomBytes(32) };
  const request = { to, ...REHEARSAL, content };
  const { summary } = await sealWithEntropy('rehearsal', request, (bytes) => void parts.push(bytes), entropy);
  return { envelope: concat(...parts), summary };
}

/**
 * Proves that these shares open the tender's test envelope. It brings the key together for a moment, so it is
 * for the time before the first bid may arrive; later, each holder checks alone with `openShare`.
 *
 * @throws SealingError as `withRecoveredKey` and `openStream` do; `envelope-is-not-a-rehearsal` for a bid.
 */
export async function rehearse(request: {
  manifest: ShareManifest;
  rehearsal: RehearsalEnvelope;
  shares: readonly TenderKeyShare[];
}): Promise<RehearsalReport> {
  const { manifest, rehearsal, shares } = request;
  const key = await combineShares(manifest, shares);
  try {
    const expected = { ...REHEARSAL, digest: rehearsal.summary.digest };
    await openAs('rehearsal', rehearsal.envelope, key, expected, () => undefined);
  } finally {
    key.destroy();
  }
  return {
    holders: shares.map(({ holder }) => holder),
    escrowUsed: shares.some(({ role }) => role === 'escrow'),
  };
}

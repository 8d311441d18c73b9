import { combine, split } from 'shamir-secret-sharing';
import {
  concat,
  fromBase64Url,
  fromHex,
  label,
  randomBytes,
  toBase64Url,
  toHex,
  utf8,
  type Bytes,
} from './bytes.js';
import { SealingError } from './errors.js';
import { ENCAPSULATED_KEY_BYTES, openWith, sealTo, SEED_BYTES, TAG_BYTES } from './hpke.js';
import {
  tenderKeyFromSeed,
  type HolderPrivateKey,
  type HolderPublicKey,
  type TenderPrivateKey,
} from './keys.js';
import {
  canonicalJson,
  checkThreshold,
  manifestDigest,
  shareCommitment,
  type ManifestHolder,
  type ShareManifest,
  type ShareRole,
} from './manifest.js';
import { reveal, SecretBytes } from './secret.js';

/** 32 bytes of the polynomials' values and the point they were taken at. */
const SHARE_BYTES = SEED_BYTES + 1;
const SEALED_SHARE_BYTES = ENCAPSULATED_KEY_BYTES + SHARE_BYTES + TAG_BYTES;

/** A share on its way or in storage. Only the recipient's private key opens it. */
export interface SealedShare {
  version: 1;
  tender: string;
  setId: string;
  /** Whose share it is. */
  holder: string;
  /** Fingerprint of the key it is sealed to: the holder's, or that of an opening session. */
  recipientKeyId: string;
  /** HPKE encapsulated key (32) | ciphertext (33 + 16), base64url. */
  sealed: string;
}

/** A share in the clear, in the memory of the one who is allowed to hold it. */
export class TenderKeyShare extends SecretBytes {
  constructor(
    bytes: Uint8Array,
    readonly tender: string,
    readonly setId: string,
    readonly holder: string,
    readonly role: ShareRole,
  ) {
    super(bytes);
  }
}

export interface Holders {
  officers: readonly HolderPublicKey[];
  /** The supervisor, who keeps a spare share in escrow; null only where there is nobody to keep it. */
  escrow: HolderPublicKey | null;
}

export interface SplitKey {
  manifest: ShareManifest;
  sealedShares: SealedShare[];
  /** In the clear, for the ceremony's own test. To be destroyed by it. */
  shares: TenderKeyShare[];
}

/** Not exported from the front door: the ceremony splits, so that nobody else ever holds the key. */
export async function splitKey(
  key: TenderPrivateKey,
  threshold: number,
  { officers, escrow }: Holders,
): Promise<SplitKey> {
  const keys = escrow === null ? [...officers] : [...officers, escrow];
  checkThreshold(threshold, officers.length, keys.length);
  // Two shares for one person would make the threshold a lie.
  if (new Set(keys.map((one) => one.holder)).size < keys.length) {
    throw new SealingError('holders-invalid', { reason: 'same holder twice' });
  }
  if (new Set(keys.map((one) => toHex(one.bytes))).size < keys.length) {
    throw new SealingError('holders-invalid', { reason: 'same key twice' });
  }

  const parts = await split(reveal(key), keys.length, threshold);
  const { tender, publicKey } = key;
  const setId = toHex(randomBytes(16));
  const shares: TenderKeyShare[] = [];
  const holders: ManifestHolder[] = [];
  for (const [i, part] of parts.entries()) {
    const holderKey = keys[i];
    if (holderKey === undefined) throw new SealingError('holders-invalid');
    const role: ShareRole = holderKey === escrow ? 'escrow' : 'officer';
    const { holder, keyId } = holderKey;
    shares.push(new TenderKeyShare(part, tender, setId, holder, role));
    holders.push({ holder, role, holderKeyId: keyId, commitment: shareCommitment({ setId, tender }, part) });
    part.fill(0);
  }
  const manifest: ShareManifest = {
    version: 1,
    tender,
    tenderKeyId: publicKey.keyId,
    setId,
    threshold,
    holders,
  };
  const sealedShares: SealedShare[] = [];
  for (const [i, share] of shares.entries()) {
    const holderKey = keys[i];
    if (holderKey !== undefined) sealedShares.push(await sealShare(manifest, share, holderKey));
  }
  return { manifest, sealedShares, shares };
}

function associatedData(manifest: ShareManifest, holder: string, recipientKeyId: string): Bytes {
  const context = { holder, manifest: toHex(manifestDigest(manifest)), recipientKeyId };
  return concat(utf8('linqiao/sealing/v1/share\n'), canonicalJson(context));
}

/**
 * Seals a share to a recipient: at the opening the officer seals it on to the key of the opening session, so
 * that it crosses proxies, queues and request logs unreadable.
 */
export async function sealShare(
  manifest: ShareManifest,
  share: TenderKeyShare,
  recipient: HolderPublicKey,
): Promise<SealedShare> {
  const { tender, setId, holder } = share;
  const data = associatedData(manifest, holder, recipient.keyId);
  const sealed = await sealTo(recipient.bytes, 'share', data, reveal(share));
  return { version: 1, tender, setId, holder, recipientKeyId: recipient.keyId, sealed: toBase64Url(sealed) };
}

/** @throws SealingError `share-malformed` */
export function parseSealedShare(json: unknown): SealedShare {
  const value = (json ?? {}) as Partial<Record<keyof SealedShare, unknown>>;
  const { tender, holder } = value;
  if (value.version !== 1 || typeof tender !== 'string' || typeof holder !== 'string') {
    throw new SealingError('share-malformed');
  }
  label('tender', tender);
  label('holder', holder);
  return {
    version: 1,
    tender,
    setId: toHex(fromHex(value.setId, 16, 'share-malformed')),
    holder,
    recipientKeyId: toHex(fromHex(value.recipientKeyId, 32, 'share-malformed')),
    sealed: toBase64Url(fromBase64Url(value.sealed, SEALED_SHARE_BYTES, 'share-malformed')),
  };
}

/**
 * Opens a share and checks it against the manifest. A holder does this at the rehearsal and may repeat it any
 * day: it shows that share and key are in order without bringing shares together.
 *
 * @throws SealingError `share-malformed` | `share-of-another-tender` | `share-of-another-set` |
 *   `share-for-another-holder` | `share-seal-broken` | `share-corrupted`
 */
export async function openShare(
  manifest: ShareManifest,
  sealedShare: SealedShare,
  key: HolderPrivateKey,
): Promise<TenderKeyShare> {
  const { tender, setId, holder, recipientKeyId, sealed } = parseSealedShare(sealedShare);
  checkOrigin(manifest, { tender, setId, holder });
  if (recipientKeyId !== key.publicKey.keyId) {
    throw new SealingError('share-for-another-holder', { holder, opener: key.holder });
  }
  const bytes = await openWith(
    reveal(key),
    'share',
    associatedData(manifest, holder, recipientKeyId),
    fromBase64Url(sealed, SEALED_SHARE_BYTES, 'share-malformed'),
    'share-seal-broken',
  );
  const entry = manifest.holders.find((one) => one.holder === holder);
  const share = new TenderKeyShare(bytes, tender, setId, holder, entry?.role ?? 'officer');
  bytes.fill(0);
  checkShare(manifest, share);
  return share;
}

type ShareOrigin = Pick<TenderKeyShare, 'tender' | 'setId' | 'holder'>;

function checkOrigin(manifest: ShareManifest, share: ShareOrigin): void {
  const { holder } = share;
  if (share.tender !== manifest.tender) {
    throw new SealingError('share-of-another-tender', {
      holder,
      expected: manifest.tender,
      found: share.tender,
    });
  }
  if (share.setId !== manifest.setId) {
    throw new SealingError('share-of-another-set', { holder, expected: manifest.setId, found: share.setId });
  }
  if (!manifest.holders.some((one) => one.holder === holder)) {
    throw new SealingError('share-for-another-holder', { holder });
  }
}

function checkShare(manifest: ShareManifest, share: TenderKeyShare): void {
  checkOrigin(manifest, share);
  const expected = manifest.holders.find(({ holder }) => holder === share.holder)?.commitment;
  if (shareCommitment(manifest, reveal(share)) !== expected) {
    throw new SealingError('share-corrupted', { holder: share.holder });
  }
}

/** Not exported from the front door: use `withRecoveredKey`, which also destroys the key. */
export async function combineShares(
  manifest: ShareManifest,
  shares: readonly TenderKeyShare[],
): Promise<TenderPrivateKey> {
  const holders = new Set<string>();
  for (const share of shares) {
    checkShare(manifest, share);
    if (holders.has(share.holder)) throw new SealingError('share-duplicated', { holder: share.holder });
    holders.add(share.holder);
  }
  if (shares.length < manifest.threshold) {
    throw new SealingError('too-few-shares', { given: shares.length, needed: manifest.threshold });
  }
  const seed = await combine(shares.map(reveal));
  const key = await tenderKeyFromSeed(manifest.tender, seed);
  seed.fill(0);
  // Last line: whatever the shares say of themselves, only the key that bidders sealed to is the key.
  if (key.publicKey.keyId !== manifest.tenderKeyId) {
    key.destroy();
    throw new SealingError('recovered-key-mismatch');
  }
  return key;
}

/**
 * Brings the shares together, lends the tender's private key to `use` and destroys it afterwards, whatever
 * happens. The deadline is the caller's to check: k holders can open at any time, that is what k means.
 *
 * @throws SealingError `share-*` | `too-few-shares` | `recovered-key-mismatch`, and what `use` throws.
 */
export async function withRecoveredKey<T>(
  manifest: ShareManifest,
  shares: readonly TenderKeyShare[],
  use: (key: TenderPrivateKey) => Promise<T>,
): Promise<T> {
  const key = await combineShares(manifest, shares);
  try {
    return await use(key);
  } finally {
    key.destroy();
  }
}

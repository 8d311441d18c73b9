import { canonicalizeEx } from 'json-canonicalize';
import { fromHex, label, toHex, utf8, type Bytes } from './bytes.js';
import { SealingError } from './errors.js';
import { sha256 } from './hash.js';

/** `escrow` is the supervisor's share: it counts like any other but its use is reported. */
export type ShareRole = 'officer' | 'escrow';

export interface ManifestHolder {
  holder: string;
  role: ShareRole;
  /** Fingerprint of the key the share was sealed to. */
  holderKeyId: string;
  /** SHA-256 over the set and the share, hexadecimal: tells a damaged share from a good one by itself. */
  commitment: string;
}

/** The public record of one splitting. Store it with the tender; it holds no secret. */
export interface ShareManifest {
  version: 1;
  tender: string;
  tenderKeyId: string;
  /** 16 random bytes in hexadecimal: shares of two splittings of one key do not mix. */
  setId: string;
  threshold: number;
  holders: readonly ManifestHolder[];
}

export const MAX_HOLDERS = 32;

/** Deterministic JSON (RFC 8785). */
export function canonicalJson(value: unknown): Bytes {
  return utf8(canonicalizeEx(value, { strictUndefined: true }));
}

/** What each share is bound to when it is sealed, so that no field of the manifest can be changed afterwards. */
export function manifestDigest(manifest: ShareManifest): Bytes {
  return sha256(utf8('linqiao/sealing/v1/manifest\n'), canonicalJson(manifest));
}

export function shareCommitment(
  manifest: Pick<ShareManifest, 'setId' | 'tender'>,
  share: Uint8Array,
): string {
  return toHex(
    sha256(utf8(`linqiao/sealing/v1/share-commitment\n${manifest.setId}\n${manifest.tender}\n`), share),
  );
}

/**
 * Reads a manifest that was stored or sent. Unknown fields are dropped.
 *
 * @throws SealingError `manifest-invalid`
 */
export function parseManifest(json: unknown): ShareManifest {
  const value = (json ?? {}) as Partial<Record<keyof ShareManifest, unknown>>;
  const { threshold, holders } = value;
  try {
    if (value.version !== 1 || !Array.isArray(holders)) throw new SealingError('manifest-invalid');
    const manifest: ShareManifest = {
      version: 1,
      tender: name('tender', value.tender),
      tenderKeyId: hex(value.tenderKeyId, 32),
      setId: hex(value.setId, 16),
      threshold: typeof threshold === 'number' ? threshold : 0,
      holders: holders.map(parseHolder),
    };
    checkThreshold(
      manifest.threshold,
      manifest.holders.filter(({ role }) => role === 'officer').length,
      manifest.holders.length,
    );
    return manifest;
  } catch {
    throw new SealingError('manifest-invalid');
  }
}

function parseHolder(json: unknown): ManifestHolder {
  const value = (json ?? {}) as Partial<Record<keyof ManifestHolder, unknown>>;
  if (value.role !== 'officer' && value.role !== 'escrow') throw new SealingError('manifest-invalid');
  return {
    holder: name('holder', value.holder),
    role: value.role,
    holderKeyId: hex(value.holderKeyId, 32),
    commitment: hex(value.commitment, 32),
  };
}

function name(field: string, value: unknown): string {
  label(field, value);
  return value as string;
}

function hex(value: unknown, length: number): string {
  return toHex(fromHex(value, length, 'manifest-invalid'));
}

/**
 * At least two must come together, or one person could open early; and the officers must be enough without
 * the supervisor, whose share is the spare.
 *
 * @throws SealingError `threshold-invalid` | `holders-invalid`
 */
export function checkThreshold(threshold: number, officers: number, holders: number): void {
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > officers) {
    throw new SealingError('threshold-invalid', { threshold, officers });
  }
  if (holders > MAX_HOLDERS) throw new SealingError('holders-invalid', { holders, maximum: MAX_HOLDERS });
}

import {
  concat,
  fromBase64Url,
  label,
  lengthPrefixed,
  randomBytes,
  toBase64Url,
  toHex,
  utf8,
  type Bytes,
} from './bytes.js';
import { SealingError } from './errors.js';
import { sha256 } from './hash.js';
import { PUBLIC_KEY_BYTES, publicKeyOf, SEED_BYTES } from './hpke.js';
import { reveal, SecretBytes } from './secret.js';

/** The published form of a public key; safe in JSON, notices and logs. */
export interface PublicKeyJson {
  version: 1;
  /** Whose key it is: the tender's id, or the id of the person or office that holds a share. */
  owner: string;
  /** 32 bytes, base64url. */
  publicKey: string;
}

type Role = 'tender' | 'holder';

/**
 * The fingerprint covers the owner, so the same curve point published for another tender is another key: an
 * envelope cannot be moved between tenders even by somebody who reuses a key.
 */
function fingerprint(role: Role, owner: Bytes, publicKey: Uint8Array): string {
  return toHex(sha256(utf8(`linqiao/sealing/v1/${role}-key\n`), lengthPrefixed(owner), publicKey));
}

class PublicKey {
  readonly owner: string;
  readonly keyId: string;
  readonly #bytes: Bytes;

  constructor(role: Role, owner: string, bytes: Uint8Array) {
    const name = label('owner', owner);
    if (bytes.length !== PUBLIC_KEY_BYTES) throw new SealingError('public-key-invalid');
    this.owner = owner;
    this.#bytes = Uint8Array.from(bytes);
    this.keyId = fingerprint(role, name, bytes);
  }

  /** A copy of the 32 bytes. */
  get bytes(): Bytes {
    return Uint8Array.from(this.#bytes);
  }

  toJSON(): PublicKeyJson {
    return { version: 1, owner: this.owner, publicKey: toBase64Url(this.#bytes) };
  }
}

/** What bidders seal to. `owner` is the tender, `keyId` the fingerprint to publish beside the notice. */
export class TenderPublicKey extends PublicKey {
  readonly kind = 'tender';

  constructor(tender: string, bytes: Uint8Array) {
    super('tender', tender, bytes);
  }

  get tender(): string {
    return this.owner;
  }

  /** @throws SealingError `public-key-invalid` | `label-invalid` */
  static fromJSON(json: unknown): TenderPublicKey {
    const { owner, bytes } = parsePublicKey(json);
    return new TenderPublicKey(owner, bytes);
  }
}

/** What shares are sealed to: an opening officer, the supervisor, or one opening session. */
export class HolderPublicKey extends PublicKey {
  readonly kind = 'holder';

  constructor(holder: string, bytes: Uint8Array) {
    super('holder', holder, bytes);
  }

  get holder(): string {
    return this.owner;
  }

  /** @throws SealingError `public-key-invalid` | `label-invalid` */
  static fromJSON(json: unknown): HolderPublicKey {
    const { owner, bytes } = parsePublicKey(json);
    return new HolderPublicKey(owner, bytes);
  }
}

function parsePublicKey(json: unknown): { owner: string; bytes: Bytes } {
  const value = (json ?? {}) as Partial<Record<keyof PublicKeyJson, unknown>>;
  if (value.version !== 1 || typeof value.owner !== 'string') throw new SealingError('public-key-invalid');
  return {
    owner: value.owner,
    bytes: fromBase64Url(value.publicKey, PUBLIC_KEY_BYTES, 'public-key-invalid'),
  };
}

/**
 * The private key of a tender. It exists twice only: for a moment in the ceremony, and at the opening inside
 * `withRecoveredKey`. There is no way to export it.
 */
export class TenderPrivateKey extends SecretBytes {
  readonly publicKey: TenderPublicKey;

  constructor(seed: Uint8Array, publicKey: TenderPublicKey) {
    super(seed);
    this.publicKey = publicKey;
  }

  get tender(): string {
    return this.publicKey.tender;
  }
}

/** Private key of a share holder. */
export class HolderPrivateKey extends SecretBytes {
  readonly publicKey: HolderPublicKey;

  constructor(seed: Uint8Array, publicKey: HolderPublicKey) {
    super(seed);
    this.publicKey = publicKey;
  }

  get holder(): string {
    return this.publicKey.holder;
  }

  /** The 32 secret bytes, for storage in a hardware token or a safe. Prefer `protect` for a file. */
  exportSecret(): Bytes {
    return Uint8Array.from(reveal(this));
  }

  /**
   * The key as a file that only the passphrase opens: PBKDF2-HMAC-SHA-256 with 600,000 rounds (the OWASP
   * figure) and AES-256-GCM, both of WebCrypto. The holder's name is bound in.
   *
   * @throws SealingError `passphrase-too-short` below 12 characters.
   */
  async protect(passphrase: string): Promise<ProtectedKeyJson> {
    const salt = randomBytes(SALT_BYTES);
    const iv = randomBytes(IV_BYTES);
    const key = await passphraseKey(passphrase, salt);
    const additionalData = label('owner', this.holder);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, reveal(this));
    return {
      version: 1,
      owner: this.holder,
      protectedKey: toBase64Url(concat(salt, iv, new Uint8Array(sealed))),
    };
  }

  /** @throws SealingError `private-key-invalid` when it is no such file, `passphrase-wrong` when it does not open. */
  static async unprotect(json: unknown, passphrase: string): Promise<HolderPrivateKey> {
    const file = (json ?? {}) as Partial<Record<keyof ProtectedKeyJson, unknown>>;
    if (file.version !== 1 || typeof file.owner !== 'string') throw new SealingError('private-key-invalid');
    const length = SALT_BYTES + IV_BYTES + SEED_BYTES + 16;
    const bytes = fromBase64Url(file.protectedKey, length, 'private-key-invalid');
    const iv = bytes.slice(SALT_BYTES, SALT_BYTES + IV_BYTES);
    const key = await passphraseKey(passphrase, bytes.slice(0, SALT_BYTES));
    const additionalData = label('owner', file.owner);
    const seed = await crypto.subtle
      .decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes.slice(SALT_BYTES + IV_BYTES))
      .catch(() => {
        throw new SealingError('passphrase-wrong');
      });
    return importHolderKey(file.owner, new Uint8Array(seed));
  }
}

/** A holder's key file. Worth nothing without its passphrase; still a file to keep, not to publish. */
export interface ProtectedKeyJson {
  version: 1;
  owner: string;
  /** salt (16) | nonce (12) | AES-256-GCM of the seed (32 + 16), base64url. */
  protectedKey: string;
}

const SALT_BYTES = 16;
const IV_BYTES = 12;
const PBKDF2_ROUNDS = 600_000;
const MIN_PASSPHRASE_CHARACTERS = 12;

async function passphraseKey(passphrase: string, salt: Bytes) {
  // NFC, because one input method composes what another leaves apart.
  const normalized = passphrase.normalize('NFC');
  if (Array.from(normalized).length < MIN_PASSPHRASE_CHARACTERS) {
    throw new SealingError('passphrase-too-short', { minimum: MIN_PASSPHRASE_CHARACTERS });
  }
  const material = await crypto.subtle.importKey('raw', utf8(normalized), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PBKDF2_ROUNDS },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** For the ceremony; `seed` only from a recovery, fresh randomness otherwise. Not exported from the front door. */
export async function tenderKeyFromSeed(tender: string, seed: Uint8Array): Promise<TenderPrivateKey> {
  return new TenderPrivateKey(seed, new TenderPublicKey(tender, await publicKeyOf(seed)));
}

export async function newTenderKey(tender: string): Promise<TenderPrivateKey> {
  label('owner', tender);
  const seed = randomBytes(SEED_BYTES);
  const key = await tenderKeyFromSeed(tender, seed);
  seed.fill(0);
  return key;
}

/** A new key for an opening officer, the supervisor or an opening session. */
export async function generateHolderKey(holder: string): Promise<HolderPrivateKey> {
  label('owner', holder);
  const seed = randomBytes(SEED_BYTES);
  const key = await importHolderKey(holder, seed);
  seed.fill(0);
  return key;
}

/** @throws SealingError `private-key-invalid` when it is not 32 bytes. */
export async function importHolderKey(holder: string, secret: Uint8Array): Promise<HolderPrivateKey> {
  label('owner', holder);
  if (secret.length !== SEED_BYTES) throw new SealingError('private-key-invalid');
  return new HolderPrivateKey(secret, new HolderPublicKey(holder, await publicKeyOf(secret)));
}

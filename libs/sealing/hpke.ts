import { Aes256Gcm, CipherSuite } from '@hpke/core';
import { DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/dhkem-x25519';
import { concat, unshared, utf8, type Bytes } from './bytes.js';
import { SealingError, type SealingErrorCode } from './errors.js';

/** A key of the HPKE library. Its own type names `CryptoKey` of the DOM, which Node's types do not have. */
interface HpkeKey {
  readonly type: string;
}
interface HpkeKeyPair {
  publicKey: HpkeKey;
  privateKey: HpkeKey;
}
interface HpkeSuite {
  kem: {
    deriveKeyPair(seed: Bytes): Promise<HpkeKeyPair>;
    importKey(format: 'raw', key: ArrayBuffer, isPublic: boolean): Promise<HpkeKey>;
    serializePublicKey(key: HpkeKey): Promise<ArrayBuffer>;
  };
  createSenderContext(params: {
    recipientPublicKey: HpkeKey;
    info: Bytes;
    ekm?: Bytes;
  }): Promise<{ enc: ArrayBuffer; seal(content: Bytes, associatedData: Bytes): Promise<ArrayBuffer> }>;
  createRecipientContext(params: {
    recipientKey: HpkeKey;
    enc: Bytes;
    info: Bytes;
  }): Promise<{ open(sealed: Bytes, associatedData: Bytes): Promise<ArrayBuffer> }>;
}

/**
 * RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002.
 *
 * The curve is computed in JavaScript rather than by WebCrypto: Chromium has X25519 only since version 133,
 * and offices run older browsers.
 */
export const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
}) as unknown as HpkeSuite;

export const ENCAPSULATED_KEY_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;
export const SEED_BYTES = 32;
export const TAG_BYTES = 16;

/** Separates the uses of one key from each other (the `info` of HPKE). */
export type Purpose = 'envelope' | 'share';

const info = (purpose: Purpose): Bytes => utf8(`linqiao/sealing/v1/${purpose}`);

/** A seed becomes a key pair by RFC 9180 §7.1.3 `DeriveKeyPair`; the seed is what is stored and shared. */
export async function publicKeyOf(seed: Uint8Array): Promise<Bytes> {
  const { publicKey } = await suite.kem.deriveKeyPair(unshared(seed));
  // The library answers its own buffer; a copy keeps ours independent of it.
  return new Uint8Array((await suite.kem.serializePublicKey(publicKey)).slice(0));
}

/**
 * @param ephemeralSeed only for test vectors; leave it out everywhere else.
 * @returns encapsulated key (32 bytes) followed by the ciphertext.
 */
export async function sealTo(
  publicKey: Uint8Array,
  purpose: Purpose,
  associatedData: Uint8Array,
  secret: Uint8Array,
  ephemeralSeed?: Bytes,
): Promise<Bytes> {
  try {
    const recipientPublicKey = await suite.kem.importKey('raw', Uint8Array.from(publicKey).buffer, true);
    const sender = await suite.createSenderContext({
      recipientPublicKey,
      info: info(purpose),
      ...(ephemeralSeed === undefined ? {} : { ekm: ephemeralSeed }),
    });
    const ciphertext = await sender.seal(unshared(secret), unshared(associatedData));
    return concat(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
  } catch {
    // With inputs of fixed shape the only thing that can fail is a point of small order.
    throw new SealingError('public-key-invalid');
  }
}

/** @throws SealingError with the given code when anything at all does not fit; the reason is not told apart. */
export async function openWith(
  seed: Uint8Array,
  purpose: Purpose,
  associatedData: Uint8Array,
  sealed: Uint8Array,
  otherwise: SealingErrorCode,
): Promise<Bytes> {
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: (await suite.kem.deriveKeyPair(unshared(seed))).privateKey,
      enc: unshared(sealed.slice(0, ENCAPSULATED_KEY_BYTES)),
      info: info(purpose),
    });
    const ciphertext = unshared(sealed.slice(ENCAPSULATED_KEY_BYTES));
    return new Uint8Array(await recipient.open(ciphertext, unshared(associatedData)));
  } catch {
    throw new SealingError(otherwise);
  }
}

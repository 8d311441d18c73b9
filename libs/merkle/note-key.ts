import { fromBase64, toBase64 } from './base64.js';
import { MerkleError } from './errors.js';
import { sha256 } from './hash.js';

/**
 * Keys of C2SP signed notes. `log` signs the text itself (type 0x01); `witness` signs the text with a time in
 * front (`cosignature/v1`, type 0x04), so neither signature can be taken for the other.
 */
export type NoteKeyType = 'log' | 'witness';
const TYPE_BYTES: Readonly<Record<NoteKeyType, number>> = { log: 0x01, witness: 0x04 };

const PUBLIC_KEY_BYTES = 32;
const SEED_BYTES = 32;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

type CryptoKey = Parameters<typeof crypto.subtle.sign>[1];

const utf8 = new TextEncoder();

/** Checks a key name. @throws MerkleError `key-malformed`: empty, or with spaces or a plus sign. */
function checkName(name: string): void {
  if (name === '' || /[\s+\p{Cc}\p{Surrogate}]/u.test(name)) throw new MerkleError('key-malformed', { name });
}

function keyIdOf(name: string, type: NoteKeyType, publicKey: Uint8Array): Uint8Array {
  const prefix = utf8.encode(`${name}\n`);
  return sha256(Uint8Array.from([...prefix, TYPE_BYTES[type], ...publicKey])).slice(0, KEY_ID_BYTES);
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function signedBytes(type: NoteKeyType, text: string, time: number): Uint8Array<ArrayBuffer> {
  return utf8.encode(type === 'log' ? text : `cosignature/v1\ntime ${time}\n${text}`);
}

/** The public half, as others are configured with it: a "vkey" string. */
export class NoteVerifier {
  readonly name: string;
  readonly type: NoteKeyType;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly #publicKey: Uint8Array<ArrayBuffer>;
  #imported: Promise<CryptoKey> | undefined;

  /** @throws MerkleError `key-malformed` */
  constructor(name: string, type: NoteKeyType, publicKey: Uint8Array) {
    checkName(name);
    if (publicKey.length !== PUBLIC_KEY_BYTES) throw new MerkleError('key-malformed', { name });
    this.name = name;
    this.type = type;
    this.#publicKey = Uint8Array.from(publicKey);
    this.keyId = hex(keyIdOf(name, type, publicKey));
  }

  /** Reads `<name>+<key id>+<base64 of type and key>`. @throws MerkleError `key-malformed` */
  static parse(vkey: string): NoteVerifier {
    // The key is base64 and may hold plus signs itself, so only the first two separate.
    const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey);
    const [, name = '', keyId = '', key = ''] = match ?? [];
    const bytes = fromBase64(key, 'key-malformed');
    const type = (['log', 'witness'] as const).find((one) => TYPE_BYTES[one] === bytes[0]);
    if (match === null || type === undefined) throw new MerkleError('key-malformed');
    const verifier = new NoteVerifier(name, type, bytes.slice(1));
    if (verifier.keyId !== keyId) throw new MerkleError('key-malformed', { name });
    return verifier;
  }

  toString(): string {
    const key = toBase64(Uint8Array.from([TYPE_BYTES[this.type], ...this.#publicKey]));
    return `${this.name}+${this.keyId}+${key}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /**
   * @param signature as it stands in the note after the key id.
   * @returns the seconds since 1970 a witness stated, 0 for a log; undefined when it does not verify.
   */
  async verify(text: string, signature: Uint8Array): Promise<number | undefined> {
    const timeBytes = this.type === 'witness' ? TIME_BYTES : 0;
    if (signature.length !== timeBytes + SIGNATURE_BYTES) return undefined;
    const bytes = Uint8Array.from(signature);
    const time = timeBytes === 0 ? 0 : Number(new DataView(bytes.buffer).getBigUint64(0));
    if (!Number.isSafeInteger(time)) return undefined;
    this.#imported ??= crypto.subtle.importKey('raw', this.#publicKey, 'Ed25519', true, ['verify']);
    const message = signedBytes(this.type, text, time);
    const valid = await crypto.subtle.verify(
      'Ed25519',
      await this.#imported,
      bytes.slice(timeBytes),
      message,
    );
    return valid ? time : undefined;
  }
}

/** PKCS #8 of an Ed25519 private key is this and the 32 bytes (RFC 8410). */
const PKCS8_PREFIX = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20] as const;

/** The private half. Holds a non-extractable key: it can sign, and nothing can print it. */
export class NoteSigner {
  readonly verifier: NoteVerifier;
  readonly #privateKey: CryptoKey;

  private constructor(verifier: NoteVerifier, privateKey: CryptoKey) {
    this.verifier = verifier;
    this.#privateKey = privateKey;
  }

  /**
   * @param seed 32 secret bytes, from the configuration; wipe your copy afterwards.
   * @throws MerkleError `key-malformed`
   */
  static async fromSeed(name: string, type: NoteKeyType, seed: Uint8Array): Promise<NoteSigner> {
    checkName(name);
    if (seed.length !== SEED_BYTES) throw new MerkleError('key-malformed', { name });
    const pkcs8 = Uint8Array.from([...PKCS8_PREFIX, ...seed]);
    try {
      const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
      const { x = '' } = (await crypto.subtle.exportKey('jwk', readable)) as { x?: string };
      const publicKey = fromBase64(`${x.replaceAll('-', '+').replaceAll('_', '/')}=`, 'key-malformed');
      const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
      return new NoteSigner(new NoteVerifier(name, type, publicKey), privateKey);
    } finally {
      pkcs8.fill(0);
    }
  }

  /** A signature line of a note; `time` in seconds since 1970 counts for witnesses only. */
  async signatureLine(text: string, time = 0): Promise<string> {
    const { name, type, keyId } = this.verifier;
    const signature = await crypto.subtle.sign('Ed25519', this.#privateKey, signedBytes(type, text, time));
    const stated = new Uint8Array(type === 'witness' ? TIME_BYTES : 0);
    if (type === 'witness') new DataView(stated.buffer).setBigUint64(0, BigInt(time));
    const id = (keyId.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    const bytes = Uint8Array.from([...id, ...stated, ...new Uint8Array(signature)]);
    return `\u2014 ${name} ${toBase64(bytes)}\n`;
  }
}

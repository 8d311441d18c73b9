import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash, createHmac } from 'node:crypto';
import {
  concat,
  equal,
  fromBase64Url,
  fromHex,
  readU32,
  toBase64Url,
  toHex,
  u16,
  u32,
  unshared,
} from './bytes.js';
import { pad, PADDING_BYTES, unpad } from './chunks.js';
import { createHmacSha256, createSha256 } from './hash.js';
import { suite } from './hpke.js';
import { codeOf } from './sealing.test-support.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (buffer: ArrayBuffer | Uint8Array) => Buffer.from(new Uint8Array(buffer)).toString('hex');

/**
 * RFC 9180 test vector: mode base, KEM 0x0020, KDF 0x0001, AEAD 0x0002, first encryption. The RFC's appendix
 * prints this KEM with other AEADs only; this entry is in the machine-readable vectors published with it.
 */
const RFC_9180 = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  ephemeralSeed: '2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9',
  recipientPrivate: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
  recipientPublic: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
  encapsulated: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
  plaintext: '4265617574792069732074727574682c20747275746820626561757479',
  associatedData: '436f756e742d30',
  ciphertext: 'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
};

describe('HPKE', () => {
  it('seals as RFC 9180 says', async () => {
    const sender = await suite.createSenderContext({
      recipientPublicKey: await suite.kem.importKey('raw', bytes(RFC_9180.recipientPublic).buffer, true),
      info: bytes(RFC_9180.info),
      ekm: bytes(RFC_9180.ephemeralSeed),
    });
    const sealed = await sender.seal(bytes(RFC_9180.plaintext), bytes(RFC_9180.associatedData));
    expect(hex(sender.enc)).toBe(RFC_9180.encapsulated);
    expect(hex(sealed)).toBe(RFC_9180.ciphertext);
  });

  it('opens as RFC 9180 says', async () => {
    const recipient = await suite.createRecipientContext({
      recipientKey: await suite.kem.importKey('raw', bytes(RFC_9180.recipientPrivate).buffer, false),
      enc: bytes(RFC_9180.encapsulated),
      info: bytes(RFC_9180.info),
    });
    const opened = await recipient.open(bytes(RFC_9180.ciphertext), bytes(RFC_9180.associatedData));
    expect(hex(opened)).toBe(RFC_9180.plaintext);
  });
});

describe('hashing', () => {
  it('is the same by the portable code, by Node and in any pieces', () => {
    const anyBytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 5 }), anyBytes, (parts, key) => {
        const whole = Buffer.concat(parts);
        const expected = createHash('sha256').update(whole).digest('hex');
        const expectedMac = createHmac('sha256', key).update(whole).digest('hex');
        const portable = {
          createHash: () => undefined,
          createHmac: () => undefined,
        } as unknown as Parameters<typeof createSha256>[0];
        for (const native of [undefined, portable]) {
          const hash = createSha256(native);
          const mac = createHmacSha256(key, native);
          for (const part of parts) {
            hash.update(part);
            mac.update(part);
          }
          expect(toHex(hash.digest())).toBe(expected);
          expect(toHex(mac.digest())).toBe(expectedMac);
        }
      }),
    );
  });
});

describe('encodings', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (value) => {
        expect(fromHex(toHex(value), value.length, 'share-malformed')).toEqual(value);
        expect(fromBase64Url(toBase64Url(value), value.length, 'share-malformed')).toEqual(value);
        const padded = pad(value);
        expect(padded.length % PADDING_BYTES).toBe(0);
        expect(unpad(padded)).toEqual(value);
      }),
    );
  });

  it.each(['AB', 'A', 'AA==', 'A+', '', null])('base64url of one byte refuses %j', async (text) => {
    expect(await codeOf(Promise.resolve().then(() => fromBase64Url(text, 1, 'share-malformed')))).toBe(
      'share-malformed',
    );
  });

  it.each(['ab', 'AB', 'a', 'abcd', 'xy', ' a', '0x', '', null, 7])(
    'hexadecimal of one byte: %j',
    async (text) => {
      const reading = Promise.resolve().then(() => fromHex(text, 1, 'share-malformed'));
      if (text === 'ab') expect(await reading).toEqual(Uint8Array.of(0xab));
      else expect(await codeOf(reading)).toBe('share-malformed');
    },
  );

  it('are equal only when every byte is, and the length', () => {
    expect(equal(bytes('0102'), bytes('0102'))).toBe(true);
    expect(equal(new Uint8Array(0), new Uint8Array(0))).toBe(true);
    for (const other of ['0202', '0103', '01', '010200', '010200'.slice(2)]) {
      expect(equal(bytes('0102'), bytes(other))).toBe(false);
    }
  });

  it('of numbers are big-endian over their whole range', () => {
    expect([hex(u16(0)), hex(u16(258)), hex(u16(65_535))]).toEqual(['0000', '0102', 'ffff']);
    expect([hex(u32(1)), hex(u32(16_909_060)), hex(u32(0xffff_ffff))]).toEqual([
      '00000001',
      '01020304',
      'ffffffff',
    ]);
    expect([0, 16_909_060, 0xffff_ffff].map((value) => readU32(concat(bytes('ff'), u32(value)), 1))).toEqual([
      0, 16_909_060, 0xffff_ffff,
    ]);
  });

  it('take shared memory as a copy, and a view of a larger buffer as itself', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    const copy = unshared(shared);
    shared[0] = 1;
    expect([copy.buffer instanceof ArrayBuffer, copy[0]]).toEqual([true, 0]);
    const view = Buffer.from('abcdef').subarray(2, 4);
    expect([hex(unshared(view)), unshared(view).slice(0, 1)]).toEqual(['6364', Uint8Array.of(0x63)]);
  });

  it('padding that no honest writer makes is refused', async () => {
    for (const wrong of [new Uint8Array(PADDING_BYTES), new Uint8Array(PADDING_BYTES).fill(1)]) {
      expect(await codeOf(Promise.resolve().then(() => unpad(wrong)))).toBe('padding-invalid');
    }
    // 0x80 in an earlier block: more padding than one block
    for (const at of [5, PADDING_BYTES - 1]) {
      const long = new Uint8Array(2 * PADDING_BYTES);
      long[at] = 0x80;
      expect(await codeOf(Promise.resolve().then(() => unpad(long)))).toBe('padding-invalid');
    }
  });
});

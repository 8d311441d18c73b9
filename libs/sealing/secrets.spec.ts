import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { randomBytes, toBase64Url } from './bytes.js';
import { CommitmentKey, verifyCommitment } from './commitment.js';
import { open, sealWithEntropy } from './envelope.js';
import { SEALING_ERROR_CODES, SealingError } from './errors.js';
import {
  generateHolderKey,
  HolderPrivateKey,
  HolderPublicKey,
  importHolderKey,
  newTenderKey,
  TenderPublicKey,
} from './keys.js';
import { reveal, SecretBytes } from './secret.js';
import { combineShares } from './shares.js';
import {
  codeOf,
  errorOf,
  EXPECTED,
  givenEnvelope,
  givenOffice,
  givenTenderKey,
  sharesOf,
} from './sealing.test-support.js';

/** Every way in which we know a value to reach a log, a queue, a response or an error report. */
function everyPrinting(value: object): string {
  const printings = [
    JSON.stringify(value),
    JSON.stringify({ nested: [value] }),
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the default printing is what is tested
    String(value),
    inspect(value),
    inspect({ nested: { deep: value } }, { depth: 10, showHidden: true }),
    inspect(value, { customInspect: false, showHidden: true, depth: 10 }),
    JSON.stringify(Object.entries(value)),
    JSON.stringify(Object.getOwnPropertyDescriptors(value)),
    Reflect.ownKeys(value).map(String).join(),
  ];
  if (value instanceof Error) printings.push(value.message, value.stack ?? '');
  return printings.join('\n');
}

/** The spellings in which bytes show up in text. */
function spellings(secret: Uint8Array): string[] {
  const buffer = Buffer.from(secret);
  return [
    buffer.toString('hex'),
    buffer.toString('base64').slice(0, 40),
    buffer.toString('base64url').slice(0, 40),
    // without white space: a list, an object with indices, a hex dump
    [...secret.slice(0, 8)].join(','),
    [...secret.slice(0, 8)].map((byte, i) => `"${i}":${byte}`).join(','),
    buffer.toString('hex').slice(0, 16),
  ];
}

function expectNoLeak(value: object, secret: Uint8Array): void {
  const printed = everyPrinting(value).replaceAll(/\s/g, '');
  for (const spelling of spellings(secret)) expect(printed).not.toContain(spelling);
}

describe('secrets stay secret', () => {
  it('the search finds a leak when there is one', () => {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    class Careless {
      constructor(readonly bytes: Uint8Array) {}
    }
    expect(() => {
      expectNoLeak(new Careless(secret), secret);
    }).toThrow();
    expect(() => {
      expectNoLeak({ nested: { key: secret.slice() } }, secret);
    }).toThrow();
    expect(() => {
      expectNoLeak(new Error(`bad key ${Buffer.from(secret).toString('hex')}`), secret);
    }).toThrow();
  });

  it('keys, shares and commitment keys print as nothing', async () => {
    const office = await givenOffice(2, 2);
    const key = await givenTenderKey();
    const { commitmentKey } = await givenEnvelope(key);
    const secrets: SecretBytes[] = [
      key,
      commitmentKey,
      office.supervisor,
      ...(await sharesOf(office, ...office.officers)),
    ];
    for (const secret of secrets) {
      expectNoLeak(secret, reveal(secret));
      expect(JSON.stringify({ secret })).toContain('[redacted]');
      expect(
        serialize(Object.fromEntries(Object.entries(secret))).includes(Buffer.from(reveal(secret))),
      ).toBe(false); // structured clone
    }
  });

  it('nothing that the ceremony answers holds the key or a share', async () => {
    const office = await givenOffice(2, 2);
    const shares = await sharesOf(office, ...office.officers);
    const key = await combineShares(office.tenderSeal.manifest, shares);
    for (const secret of [key, ...shares]) expectNoLeak(office.tenderSeal, reveal(secret));
  });

  it('errors carry no secret, no content and no cause', async () => {
    const key = await givenTenderKey();
    const price = 'PRICE-CANARY-128500';
    const { envelope, commitmentKey } = await givenEnvelope(key, price);
    const damaged = Uint8Array.from(envelope);
    damaged[envelope.length - 50] = (damaged[envelope.length - 50] ?? 0) ^ 1;
    const office = await givenOffice(2, 2);
    const shares = await sharesOf(office, office.officers[0]);
    const errors = [
      await errorOf(open(damaged, key, EXPECTED)),
      await errorOf(open(envelope, await givenTenderKey(), EXPECTED)),
      await errorOf(open(envelope.slice(0, -1), key, EXPECTED)),
      await errorOf(combineShares(office.tenderSeal.manifest, shares)),
    ];
    for (const error of errors) {
      for (const secret of [key, commitmentKey, ...shares]) expectNoLeak(error, reveal(secret));
      expect(everyPrinting(error)).not.toContain('CANARY');
      expect(error.cause).toBeUndefined();
    }
  });

  it('the price is nowhere in the envelope, in any spelling', async () => {
    const price = new TextEncoder().encode('PRICE-CANARY-128500');
    const { envelope, summary } = await givenEnvelope(await givenTenderKey(), price);
    expect(Buffer.from(envelope).includes(Buffer.from(price))).toBe(false);
    expect(JSON.stringify(summary)).not.toContain('CANARY');
  });

  it('the randomness of an envelope is wiped when it is sealed', async () => {
    const { publicKey: to } = await givenTenderKey();
    const entropy = { contentKey: randomBytes(32), commitmentKey: randomBytes(32) };
    const kept = entropy.commitmentKey.slice();
    const request = { to, ...EXPECTED, content: new Uint8Array(9) };
    const { commitmentKey } = await sealWithEntropy('bid', request, () => undefined, entropy);
    expect([entropy.contentKey, entropy.commitmentKey]).toEqual([new Uint8Array(32), new Uint8Array(32)]);
    expect(commitmentKey.exportSecret()).toEqual(kept);
  });

  it('a destroyed key is wiped and refuses further use', async () => {
    const key = await generateHolderKey('officer-1');
    const inner = reveal(key);
    key.destroy();
    expect(inner).toEqual(new Uint8Array(32));
    expect(await codeOf(Promise.resolve().then(() => key.exportSecret()))).toBe('key-destroyed');
    expect(key.destroyed).toBe(true);
  });
});

describe('a holder keeps the key in a file under a passphrase', () => {
  it('which opens with it and not without', async () => {
    const key = await generateHolderKey('officer-1');
    const file: unknown = JSON.parse(JSON.stringify(await key.protect('九月的桥边，十二只白鹭飞过')));
    expectNoLeak(file as object, reveal(key));
    const back = await HolderPrivateKey.unprotect(file, '九月的桥边，十二只白鹭飞过');
    expect(reveal(back)).toEqual(reveal(key));
    expect(await codeOf(HolderPrivateKey.unprotect(file, 'another passphrase'))).toBe('passphrase-wrong');
    const renamed = { ...(file as object), owner: 'officer-2' };
    expect(await codeOf(HolderPrivateKey.unprotect(renamed, '九月的桥边，十二只白鹭飞过'))).toBe(
      'passphrase-wrong',
    );
    expect(await codeOf(key.protect('short'))).toBe('passphrase-too-short');
    expect(await codeOf(HolderPrivateKey.unprotect({}, 'whatever it is'))).toBe('private-key-invalid');
  });
});

describe('a passphrase', () => {
  it('has twelve characters at least, counted as people count them', async () => {
    const key = await generateHolderKey('officer-1');
    expect(await codeOf(key.protect('x'.repeat(11)))).toBe('passphrase-too-short');
    // Eleven characters outside the basic plane are 22 code units.
    expect(await codeOf(key.protect('𠮷'.repeat(11)))).toBe('passphrase-too-short');
  });

  it('opens however the input method composes it, and makes another file each time', async () => {
    const key = await generateHolderKey('officer-1');
    // Twelve characters once they are composed, so this is also the shortest there may be.
    const [composed, apart] = ['caf\u00e9 caf\u00e9 \u00e9\u00e9', 'cafe\u0301 cafe\u0301 e\u0301e\u0301'];
    const file = await key.protect(composed);
    expect(reveal(await HolderPrivateKey.unprotect(file, apart))).toEqual(reveal(key));
    expect((await key.protect(composed)).protectedKey).not.toBe(file.protectedKey);
  });

  it.each<[string, object]>([
    ['version', { version: 2 }],
    ['owner', { owner: 7 }],
    ['protectedKey', { protectedKey: 'AA' }],
  ])('does not open a file with a bad %s', async (_, change) => {
    // Well formed, and so it comes to the passphrase, which is not the one of these bytes.
    const file = { version: 1, owner: 'officer-1', protectedKey: toBase64Url(new Uint8Array(76)) };
    expect(await codeOf(HolderPrivateKey.unprotect({ ...file, ...change }, 'x'.repeat(12)))).toBe(
      'private-key-invalid',
    );
  });
});

describe('a public key', () => {
  it('comes back from JSON with the same fingerprint, which covers owner and use', async () => {
    const { publicKey } = await generateHolderKey('officer-1');
    const back = HolderPublicKey.fromJSON(JSON.parse(JSON.stringify(publicKey)));
    expect([back.holder, back.keyId, back.bytes]).toEqual(['officer-1', publicKey.keyId, publicKey.bytes]);
    expect(new HolderPublicKey('officer-2', publicKey.bytes).keyId).not.toBe(publicKey.keyId);
    expect(new TenderPublicKey('officer-1', publicKey.bytes).keyId).not.toBe(publicKey.keyId);
    expect(TenderPublicKey.fromJSON({ ...publicKey.toJSON(), owner: 'T-1' }).tender).toBe('T-1');
  });

  it('does not change with what is done to its bytes', async () => {
    const { publicKey } = await generateHolderKey('officer-1');
    const before = publicKey.toJSON();
    publicKey.bytes.fill(0);
    expect(publicKey.toJSON()).toEqual(before);
    const mine = publicKey.bytes;
    const made = new HolderPublicKey('officer-1', mine);
    mine.fill(0);
    expect(made.toJSON()).toEqual(before);
  });

  it.each<[string, object]>([
    ['public-key-invalid', { version: 2 }],
    ['public-key-invalid', { owner: 7 }],
    ['public-key-invalid', { publicKey: 'AA' }],
    ['label-invalid', { owner: ' ' }],
  ])('is refused as %s with %j', async (code, change) => {
    const { publicKey } = await generateHolderKey('officer-1');
    for (const kind of [HolderPublicKey, TenderPublicKey]) {
      const reading = Promise.resolve().then(() => kind.fromJSON({ ...publicKey.toJSON(), ...change }));
      expect(await codeOf(reading)).toBe(code);
    }
    expect(await codeOf(Promise.resolve().then(() => new HolderPublicKey('a', new Uint8Array(31))))).toBe(
      'public-key-invalid',
    );
  });

  it('belongs to a private key of 32 bytes with a name', async () => {
    const secret = (await generateHolderKey('officer-1')).exportSecret();
    expect(reveal(await importHolderKey('officer-1', secret))).toEqual(secret);
    expect(await codeOf(importHolderKey('officer-1', secret.slice(1)))).toBe('private-key-invalid');
    expect(await codeOf(importHolderKey('', secret))).toBe('label-invalid');
    expect(await codeOf(generateHolderKey(' '))).toBe('label-invalid');
    expect(await codeOf(newTenderKey('a\nb'))).toBe('label-invalid');
  });

  it('a commitment key has 32 bytes, and a commitment is written in hexadecimal', async () => {
    const { commitmentKey } = await givenEnvelope(await givenTenderKey(), 'x');
    const again = CommitmentKey.fromSecret(commitmentKey.exportSecret());
    expect(reveal(again)).toEqual(reveal(commitmentKey));
    expect(await codeOf(Promise.resolve().then(() => CommitmentKey.fromSecret(new Uint8Array(31))))).toBe(
      'private-key-invalid',
    );
    expect(await codeOf(verifyCommitment(new Uint8Array(1), again, 'xyz'))).toBe('receipt-malformed');
  });
});

describe('errors', () => {
  it('have stable, unique codes and say their facts in the message', () => {
    expect(new Set(SEALING_ERROR_CODES).size).toBe(SEALING_ERROR_CODES.length);
    const error = new SealingError('too-few-shares', { given: 2, needed: 3 });
    expect(error.message).toBe('too-few-shares (given=2, needed=3)');
    expect(error.name).toBe('SealingError');
  });
});

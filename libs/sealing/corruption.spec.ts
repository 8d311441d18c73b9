import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat, type Bytes } from './bytes.js';
import { CHUNK_BYTES } from './chunks.js';
import { inspectEnvelope, open } from './envelope.js';
import { SealingError } from './errors.js';
import { counting, EXPECTED, givenEnvelope, givenTenderKey } from './sealing.test-support.js';

type Damage = (envelope: Bytes, other: Bytes) => Bytes;

/**
 * A position anywhere, but as often in the header as in the much longer body. Integers, because fast-check draws
 * doubles of a small range mostly close to zero.
 */
const position = fc.oneof(fc.nat(75_000), fc.nat(300));
const at = (wanted: number, bytes: Uint8Array) => wanted % bytes.length;

const flip = fc.tuple(position, fc.integer({ min: 0, max: 7 })).map(([wanted, bit]): Damage => (envelope) => {
  const copy = Uint8Array.from(envelope);
  const i = at(wanted, copy);
  copy[i] = (copy[i] ?? 0) ^ (1 << bit);
  return copy;
});
const truncate = position.map(
  (wanted): Damage =>
    (envelope) =>
      envelope.slice(0, at(wanted, envelope)),
);
const insert = fc
  .tuple(position, fc.uint8Array({ minLength: 1, maxLength: 40 }))
  .map(([wanted, bytes]): Damage => (envelope) => {
    const i = at(wanted, envelope);
    return concat(envelope.slice(0, i), bytes, envelope.slice(i));
  });
const overwrite = fc
  .tuple(position, fc.uint8Array({ minLength: 1, maxLength: 40 }))
  .map(([wanted, bytes]): Damage => (envelope) => {
    const i = at(wanted, envelope);
    return concat(envelope.slice(0, i), bytes, envelope.slice(i + bytes.length));
  });
const remove = fc
  .tuple(position, fc.integer({ min: 1, max: 70_000 }))
  .map(([wanted, length]): Damage => (envelope) => {
    const i = at(wanted, envelope);
    return concat(envelope.slice(0, i), envelope.slice(i + length));
  });
const swap = fc
  .tuple(position, position, fc.integer({ min: 1, max: 70_000 }))
  .map(([a, b, length]): Damage => (envelope) => {
    const i = Math.min(at(a, envelope), at(b, envelope));
    const j = Math.max(at(a, envelope), at(b, envelope), i + length);
    return concat(
      envelope.slice(0, i),
      envelope.slice(j, j + length),
      envelope.slice(i + length, j),
      envelope.slice(i, i + length),
      envelope.slice(j + length),
    );
  });
const splice = position.map((wanted): Damage => (envelope, other) => {
  const i = at(wanted, envelope);
  return concat(envelope.slice(0, i), other.slice(i));
});
const noise = fc.uint8Array({ maxLength: 300 }).map(
  (bytes): Damage =>
    () =>
      Uint8Array.from(bytes),
);

describe('a corrupted envelope', () => {
  it('never opens and never crashes, 1,000 times over', async () => {
    const key = await givenTenderKey();
    const { envelope } = await givenEnvelope(key, counting(CHUNK_BYTES + 9_000));
    const { envelope: other } = await givenEnvelope(key, counting(CHUNK_BYTES + 9_001));
    const codes = new Set<string>();
    let damaged = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(flip, truncate, insert, overwrite, remove, swap, splice, noise),
        async (damage) => {
          const bytes = damage(envelope, other);
          fc.pre(Buffer.compare(bytes, envelope) !== 0 && Buffer.compare(bytes, other) !== 0);
          damaged++;
          const outcome: unknown = await open(bytes, key, EXPECTED).then(
            () => 'opened',
            (error: unknown) => error,
          );
          expect(outcome).toBeInstanceOf(SealingError);
          codes.add((outcome as SealingError).code);
          // The check at the door may let it pass (it has no key), but it may not crash either.
          await inspectEnvelope(bytes).catch((error: unknown) => {
            expect(error).toBeInstanceOf(SealingError);
          });
        },
      ),
      { numRuns: 1_000 },
    );
    expect(damaged).toBeGreaterThanOrEqual(1_000);
    // The damage reached more than one layer: otherwise the generator, not the code, would be what is tested.
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'envelope-malformed',
        'envelope-truncated',
        'key-seal-broken',
        'chunk-corrupted',
      ]),
    );
  }, 120_000);
});

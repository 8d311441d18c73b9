import { createHash } from 'node:crypto';

/**
 * A seeded stream of numbers in [0, 1): the state is the SHA-256 of the seed, the step is xoshiro128**
 * (Blackman and Vigna). Same seed, same stream, on every machine. Not for secrets.
 */
export function randomFrom(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let d = digest.readInt32LE(12);
  const turn = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  return () => {
    const result = Math.imul(turn(Math.imul(b, 5), 7), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = turn(d, 11);
    return (result >>> 0) / 4294967296;
  };
}

/** A shuffled 0 .. count − 1 (Fisher–Yates). */
export function permutation(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    const moved = order[k] ?? 0;
    order[k] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

import { describe, expect, it } from '@jest/globals';
import { PasswordHashing } from './password-hashing.js';

/** Every computation passes through here; the tests hold them up to see how many run. */
interface Limited {
  limited: <T>(work: () => Promise<T>) => Promise<T>;
}

describe('password hashing', () => {
  it('is argon2id at the cost that the product states, and takes any form of a character for the same', async () => {
    const hashing = new PasswordHashing();
    const stored = await hashing.hash('ｂｒｉｄｇｅ of stones');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashing.verify(stored, 'bridge of stones')).toBe(true);
    expect(await hashing.verify(stored, 'bridge of stone')).toBe(false);
    expect(await hashing.verify(stored, 'bridge ºf stones')).toBe(false);
  });

  it('computes for a login that nobody has as it does for one that somebody has', async () => {
    const hashing = new PasswordHashing();
    const inner = hashing as unknown as Limited;
    const limited = inner.limited.bind(hashing);
    const computed: unknown[] = [];
    inner.limited = async (work) => {
      const result = await limited(work);
      computed.push(result);
      return result;
    };
    expect(await hashing.verify(undefined, 'bridge of stones')).toBe(false);
    expect(computed).toEqual([false]);
  });

  it('runs two at a time, lets 300 wait and sends the others away', async () => {
    const inner = new PasswordHashing() as unknown as Limited;
    const running: (() => void)[] = [];
    const work = () => new Promise<void>((resolve) => running.push(resolve));
    const accepted = Array.from({ length: 302 }, () => inner.limited(work));
    await Promise.resolve();
    expect(running).toHaveLength(2);
    await expect(inner.limited(work)).rejects.toMatchObject({ code: 'platform.too-many-requests' });
    running[0]?.();
    await accepted[0];
    await new Promise(setImmediate);
    // The place of the one that ended is taken by the one that waited longest, and nobody else's.
    expect(running).toHaveLength(3);
    for (let n = 1; n < accepted.length; n += 1) {
      running[n]?.();
      await accepted[n];
      await new Promise(setImmediate);
    }
    expect(running).toHaveLength(302);
    // All places are free again.
    const next = inner.limited(work);
    expect(running).toHaveLength(303);
    running[302]?.();
    await next;
  });
});

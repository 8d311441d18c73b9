import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PublicCache } from './public-cache.js';

describe('the cache of public answers', () => {
  let cache: PublicCache;
  let reads = 0;
  const read = () => {
    reads += 1;
    return Promise.resolve(reads);
  };
  beforeEach(() => {
    // The age of an answer is told by the clock of the process, which here stands still until told otherwise.
    jest.useFakeTimers();
    cache = new PublicCache();
    reads = 0;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads once for everybody who asks meanwhile, and again when the answer is too old', async () => {
    const first = await Promise.all(Array.from({ length: 5 }, () => cache.get('a', 40, read)));
    expect(first).toEqual([1, 1, 1, 1, 1]);
    jest.advanceTimersByTime(39);
    expect(await cache.get('a', 40, read)).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await cache.get('a', 40, read)).toBe(2);
  });

  it('keeps answers to different questions apart', async () => {
    expect(await cache.get('a', 1_000, read)).toBe(1);
    expect(await cache.get('b', 1_000, read)).toBe(2);
  });

  it('repeats a failure to nobody', async () => {
    const failed = cache.get('a', 1_000, () => Promise.reject(new Error('no answer')));
    await expect(failed).rejects.toThrow('no answer');
    expect(await cache.get('a', 1_000, read)).toBe(1);
  });

  it('does not lose a newer answer to the late failure of an older read', async () => {
    let fail = (_reason: Error): void => undefined;
    const slow = cache.get('a', 1, () => new Promise<number>((_resolve, reject) => (fail = reject)));
    jest.advanceTimersByTime(5);
    expect(await cache.get('a', 1_000, read)).toBe(1);
    fail(new Error('too late'));
    await expect(slow).rejects.toThrow('too late');
    expect(await cache.get('a', 1_000, read)).toBe(1);
  });

  it('holds a bounded number of answers and forgets the oldest', async () => {
    for (let at = 0; at <= 2_000; at += 1) await cache.get(`key-${at}`, 60_000, read);
    expect(await cache.get('key-2000', 60_000, read)).toBe(2_001);
    expect(await cache.get('key-1', 60_000, read)).toBe(2);
    expect(await cache.get('key-0', 60_000, read)).toBe(2_002);
  });
});

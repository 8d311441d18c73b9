import { describe, expect, it } from '@jest/globals';
import { afterFailure, FREE_FAILURES, type LoginFailures, secondsToWait } from './login-lock.js';

const start = new Date('2026-03-02T01:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const failTimes = (times: number, now = start): LoginFailures => {
  let state: LoginFailures | undefined;
  for (let i = 0; i < times; i += 1) state = afterFailure(state, now);
  if (state === undefined) throw new Error('times must be positive');
  return state;
};

describe('the wait after wrong passwords', () => {
  it('lets a person mistype a few times', () => {
    expect(secondsToWait(undefined, start)).toBe(0);
    expect(secondsToWait(failTimes(FREE_FAILURES), start)).toBe(0);
  });

  it('begins at 30 seconds and doubles up to one hour', () => {
    const waits = [1, 2, 3, 8, 60].map((more) => secondsToWait(failTimes(FREE_FAILURES + more), start));
    expect(waits).toEqual([30, 60, 120, 3600, 3600]);
  });

  it('is over when its time has passed, and the next failure waits twice as long', () => {
    const locked = failTimes(FREE_FAILURES + 1);
    expect(secondsToWait(locked, later(29_001))).toBe(1);
    expect(secondsToWait(locked, later(30_000))).toBe(0);
    expect(secondsToWait(afterFailure(locked, later(30_000)), later(30_000))).toBe(60);
  });

  it('forgets after a quiet day', () => {
    expect(afterFailure(failTimes(30), later(86_400_000)).failures).toBe(1);
    expect(afterFailure(failTimes(30), later(86_399_999)).failures).toBe(31);
  });
});

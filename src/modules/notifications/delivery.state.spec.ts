import { describe, expect, it } from '@jest/globals';
import { arrowsOf } from '../../../test/support/arrows.js';
import { deliveryStates } from './delivery.state.js';
import { nextWaitMs } from './retry-schedule.js';

describe('the life of a delivery', () => {
  it('has no way from an unknown end to another attempt but through the operator', () => {
    expect(deliveryStates.initial).toBe('queued');
    expect(arrowsOf(deliveryStates)).toEqual([
      'queued → sending: begin',
      'queued → switched-off: switch-off',
      'queued → failed: refuse',
      'sending → sent: deliver',
      'uncertain → sent: deliver',
      'queued → sent: deliver',
      'sending → failed: fail',
      'uncertain → failed: fail',
      'sending → queued: defer',
      'sending → uncertain: lose',
      'uncertain → queued: resend',
      'failed → queued: resend',
      'uncertain → dismissed: dismiss',
      'failed → dismissed: dismiss',
    ]);
  });

  it('waits longer before each of eight attempts, and then no more', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => (nextWaitMs(attempts) ?? 0) / 1_000);
    expect(waits).toEqual([5, 30, 120, 600, 1_800, 7_200, 21_600]);
    expect(nextWaitMs(8)).toBeUndefined();
  });
});

import { createHash } from 'node:crypto';

/**
 * The lot of one tied bid: SHA-256, in lower-case hex, of the UTF-8 bytes of
 * `linqiao-tie/1`, newline, seed, newline, bid id. The smallest lot goes first.
 * A lot depends on the seed and the id alone, so the order of the input and the other bids cannot move it.
 */
export function drawKey(seed: string, bidId: string): string {
  return createHash('sha256').update(`linqiao-tie/1\n${seed}\n${bidId}`, 'utf8').digest('hex');
}

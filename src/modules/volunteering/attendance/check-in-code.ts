import { createHmac, timingSafeEqual } from 'node:crypto';
import { normalizeIdentifier } from '#libs/kernel';

const WINDOW_MS = 60_000;
/** No 0/O, 1/I/L: the code is read from a screen and typed by hand, too. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 6;

/**
 * The code shown at the place of a shift; it changes every minute, so that a photo of it is of no use later.
 * @param secret 32 random bytes of the shift
 */
export function checkInCode(secret: Buffer, shiftId: string, at: Date): { code: string; validUntil: Date } {
  const window = Math.floor(at.getTime() / WINDOW_MS);
  return { code: codeOf(secret, shiftId, window), validUntil: new Date((window + 1) * WINDOW_MS) };
}

/** The code of this minute or of the one before: typing takes time. */
export function isCheckInCode(secret: Buffer, shiftId: string, at: Date, given: string): boolean {
  const window = Math.floor(at.getTime() / WINDOW_MS);
  // A Chinese keyboard may send full-width letters and digits.
  const candidate = Buffer.from(normalizeIdentifier(given));
  if (candidate.length !== LENGTH) return false;
  return [window, window - 1].some((w) =>
    timingSafeEqual(candidate, Buffer.from(codeOf(secret, shiftId, w))),
  );
}

function codeOf(secret: Buffer, shiftId: string, window: number): string {
  const digest = createHmac('sha256', secret).update(`${shiftId}:${window}`).digest();
  return Array.from(digest.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

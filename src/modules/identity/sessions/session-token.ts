import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** 256 random bits in base64url: 43 characters. The session cookie or bearer token; never stored. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isSessionToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** What is stored. A plain SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function sessionTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

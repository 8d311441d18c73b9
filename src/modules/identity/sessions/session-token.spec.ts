import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSessionToken, newSessionToken, sessionTokenHash } from './session-token.js';

describe('a session token', () => {
  it('is 256 random bits, another one each time', () => {
    const tokens = Array.from({ length: 200 }, newSessionToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('is recognized by its form, so that nothing else reaches the database', () => {
    expect(isSessionToken(newSessionToken())).toBe(true);
    for (const text of ['', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(43)}\n`])
      expect(isSessionToken(text)).toBe(false);
  });

  it('is stored as its SHA-256', () => {
    const token = newSessionToken();
    expect(sessionTokenHash(token)).toEqual(createHash('sha256').update(token).digest());
  });
});

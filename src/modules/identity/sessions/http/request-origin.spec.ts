import { describe, expect, it } from '@jest/globals';
import { originOf } from './request-origin.js';

const ask = (headers: Record<string, string>, cookieSecure = false) =>
  originOf({ headers, host: 'bridge.example:8443' }, { publicUrl: 'https://bridge.example', cookieSecure });

describe('whose page sent a request', () => {
  it('is told by Sec-Fetch-Site, whatever a proxy made of the host', () => {
    expect(ask({ 'sec-fetch-site': 'same-origin', origin: 'http://behind-the-proxy' })).toBe('own-page');
    expect(ask({ 'sec-fetch-site': 'none' })).toBe('own-page');
    for (const site of ['same-site', 'cross-site', 'something new']) {
      expect(ask({ 'sec-fetch-site': site, origin: 'https://bridge.example' })).toBe('foreign-page');
    }
  });

  it('is told by Origin where the browser sends nothing better', () => {
    expect(ask({ origin: 'https://bridge.example' })).toBe('own-page');
    expect(ask({ origin: 'https://bridge.example:8443' })).toBe('own-page');
    for (const origin of [
      'https://evil.example',
      'https://bridge.example.evil.example',
      'https://bridge.example:1',
      'null',
    ]) {
      expect(ask({ origin })).toBe('foreign-page');
    }
  });

  it('is a stranger on plain http once the cookie is for https only', () => {
    expect(ask({ origin: 'http://bridge.example:8443' })).toBe('own-page');
    expect(ask({ origin: 'http://bridge.example:8443' }, true)).toBe('foreign-page');
    expect(ask({ origin: 'https://bridge.example:8443' }, true)).toBe('own-page');
  });

  it('stays open when nothing is said', () => {
    expect(ask({})).toBe('not-said');
  });
});

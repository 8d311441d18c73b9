import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { requestHash } from './idempotency.js';

describe('the hash of a request', () => {
  const hash = (method: string, url: string, body: unknown) => requestHash(method, url, body).toString('hex');
  const first = hash('POST', '/a', { n: 1, inner: { x: [1, 2], y: null } });

  it('is the same for the same content, whatever the order of its names', () => {
    expect(hash('POST', '/a', { inner: { y: null, x: [1, 2] }, n: 1 })).toBe(first);
    expect(hash('POST', '/a', undefined)).toBe(hash('POST', '/a', null));
  });

  it.each([
    ['another method', 'PUT', '/a', { n: 1, inner: { x: [1, 2], y: null } }],
    ['another address', 'POST', '/b', { n: 1, inner: { x: [1, 2], y: null } }],
    ['another query', 'POST', '/a?x=1', { n: 1, inner: { x: [1, 2], y: null } }],
    ['another value', 'POST', '/a', { n: '1', inner: { x: [1, 2], y: null } }],
    ['another order of a list', 'POST', '/a', { n: 1, inner: { x: [2, 1], y: null } }],
    ['a field less', 'POST', '/a', { n: 1, inner: { x: [1, 2] } }],
    ['no body', 'POST', '/a', undefined],
  ])('differs for %s', (_what, method, url, body) => {
    expect(hash(method, url, body)).not.toBe(first);
  });
});

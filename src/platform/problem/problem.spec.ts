import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { HttpException } from '@nestjs/common';
import { platformErrors } from '../platform.errors.js';
import { toDomainError } from './problem.js';

const codeOf = (error: unknown) => toDomainError(error).code.replace('platform.', '');

/** As the driver throws it, and as TypeORM wraps it. */
const databaseError = (code: string) => Object.assign(new Error('of the database'), { code });
const wrapped = (code: string) =>
  Object.assign(new Error('of TypeORM'), { driverError: databaseError(code) });

describe('what is thrown is told as', () => {
  it('itself where it is a refusal of ours', () => {
    const refusal = platformErrors.cursorInvalid();
    expect(toDomainError(refusal)).toBe(refusal);
  });

  it.each([
    [400, 'request-invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'route-not-found'],
    [406, 'unsupported-media-type'],
    [413, 'payload-too-large'],
    [414, 'request-invalid'],
    [415, 'unsupported-media-type'],
    [422, 'request-invalid'],
    [429, 'too-many-requests'],
    [500, 'internal'],
    [502, 'internal'],
    [503, 'unavailable'],
  ])('the status %d of a library says: %s', (status, code) => {
    expect(codeOf(new HttpException('x', status))).toBe(code);
    expect(codeOf(Object.assign(new Error('x'), { statusCode: status }))).toBe(code);
  });

  it.each([
    ['22003', 'request-invalid', 'a number out of range'],
    ['22007', 'request-invalid', 'a date of the wrong form'],
    ['22008', 'request-invalid', 'a date that does not exist'],
    ['22021', 'request-invalid', 'bytes that are no text'],
    ['22P02', 'request-invalid', 'text for another type'],
    ['22P05', 'request-invalid', 'a character that cannot be kept'],
    ['08006', 'unavailable', 'a connection that broke'],
    ['53300', 'unavailable', 'too many connections'],
    ['57P01', 'unavailable', 'a server that is stopped'],
    ['57P03', 'unavailable', 'a server that is starting'],
    ['22012', 'internal', 'a division by zero: no value of the sender'],
    ['23505', 'rule-violated', 'a constraint that nobody turned into a refusal of its own'],
    ['40001', 'internal', 'a serialization failure after the last attempt'],
    ['42P01', 'internal', 'a table that is not there'],
    ['57014', 'internal', 'a statement that took too long'],
  ])('the SQLSTATE %s says: %s (%s)', (state, code) => {
    expect([codeOf(databaseError(state)), codeOf(wrapped(state))]).toEqual([code, code]);
  });

  it.each([
    ['ECONNREFUSED', 'unavailable'],
    ['ECONNRESET', 'unavailable'],
    ['ETIMEDOUT', 'unavailable'],
    ['EPIPE', 'unavailable'],
    ['ENOENT', 'internal'],
  ])('the network says %s: %s', (code, told) => {
    expect(codeOf(databaseError(code))).toBe(told);
  });

  it.each([
    ['Connection terminated unexpectedly', 'unavailable'],
    ['timeout exceeded when trying to connect', 'unavailable'],
    ['Multipart: Boundary not found', 'request-invalid'],
    ['Unexpected end of multipart data', 'request-invalid'],
    ['anything else', 'internal'],
  ])('an error without a code says "%s": %s', (message, code) => {
    expect(codeOf(new Error(message))).toBe(code);
  });

  it.each([undefined, null, 'text', 7, {}, { statusCode: 200 }, { statusCode: '404' }])(
    'a fault of ours where it is not even an error: %p',
    (thrown) => {
      expect(codeOf(thrown)).toBe('internal');
    },
  );
});

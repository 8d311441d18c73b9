import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../config/app-config.js';
import { platformErrors } from '../platform.errors.js';
import { failureOf, traceOf } from './failure.js';

const SECRET = 'somebody@example.invalid';
const thrown = (fields: object) => Object.assign(new Error(`INSERT INTO x VALUES ('${SECRET}')`), fields);

describe('a command that failed', () => {
  it('says a refusal in both languages, with its code', () => {
    const { text, trace } = failureOf(platformErrors.notFound());
    expect(text).toMatch(/^\p{Script=Han}.* .*[a-z].* \(platform\.not-found\)$/u);
    expect(trace).toBeUndefined();
  });

  it.each([
    [
      'a file that is not there',
      thrown({ code: 'ENOENT', syscall: 'open', path: '/a\u001b[2J' }),
      '/a␛[2J (ENOENT)',
    ],
    ['settings that are wrong', new ConfigError(['PORT: not a number']), 'PORT'],
    ['a value that the database cannot keep', thrown({ code: '22021' }), '(platform.request-invalid)'],
    [
      'a database that is not there',
      thrown({ code: 'ECONNREFUSED', syscall: 'connect' }),
      '(platform.unavailable)',
    ],
  ])('names %s, and nothing of its message', (_what, error, told) => {
    const { text, trace } = failureOf(error);
    expect(text).toContain(told);
    expect(text).not.toContain(SECRET);
    expect(trace).toBeUndefined();
  });

  it('leaves the frames of a fault of ours for the log, without its message', () => {
    const { text, trace } = failureOf(thrown({ code: '42P01' }));
    expect(text).toContain('(platform.internal)');
    expect(trace).toMatchObject({ name: 'Error', sqlState: '42P01', stack: expect.stringContaining('at ') });
    expect(text + JSON.stringify(trace)).not.toContain(SECRET);
  });

  it('names the wall that refused, which says nothing of the row', () => {
    const cause = Object.assign(thrown({ code: '23505' }), { constraint: 'account_pkey' });
    expect(traceOf(new Error(SECRET, { cause }))).toMatchObject({
      sqlState: '23505',
      constraint: 'account_pkey',
    });
  });
});

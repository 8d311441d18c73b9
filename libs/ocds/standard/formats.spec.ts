import { describe, expect, it } from '@jest/globals';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { instantNs, isDateTime, isLanguageTag, isUri } from './formats.js';

type Format = (text: string) => boolean;
const judgeUri = fullFormats.uri as Format;
const judgeDateTime = (fullFormats['date-time'] as { validate: Format }).validate;

/** Text from the pieces that decide a format, so that near misses are common. */
const fromPieces = (pieces: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(''));

const uriPieces = fromPieces(
  [
    'http',
    ':',
    '/',
    '//',
    '@',
    '[',
    ']',
    '::',
    '1',
    'ff',
    '1.2.3.4',
    '01',
    '256',
    '%41',
    '%4',
    '?',
    '#',
    '.',
    'a',
    'v1.x',
    '汉',
    ' ',
    '"',
    '\\',
    '-',
    '~',
    'K',
    '0',
  ],
  14,
);
const hosts = fromPieces(['1', 'ab', '::', ':', '1.2.3.4', '1.2.3', '255', 'g', '.'], 14);
const dateTimes = fc
  .tuple(
    fc.constantFrom(
      '2024-02-29',
      '2023-02-29',
      '2000-12-31',
      '1900-02-29',
      '2024-13-01',
      '2024-04-31',
      '24-04-01',
    ),
    fc.constantFrom('T', 't', ' ', '', '  ', '\n', 'TT'),
    fc.constantFrom(
      '00:00:00',
      '23:59:60',
      '22:59:60',
      '00:29:60',
      '23:60:00',
      '24:00:00',
      '7:00:00',
      '12:30',
    ),
    fc.constantFrom('', '.1', '.', ',5'),
    fc.constantFrom(
      'Z',
      'z',
      '',
      '+08:00',
      '+0800',
      '+08',
      '-00:30',
      '+00:30',
      '+24:00',
      '-01:00',
      '+8',
      'UTC',
    ),
  )
  .map((parts) => parts.join(''));

describe('formats', () => {
  it('agree with the usual validator on generated instants', () => {
    fc.assert(
      fc.property(dateTimes, (text) => isDateTime(text) === judgeDateTime(text)),
      { numRuns: 3000 },
    );
  });

  it('agree with the usual validator on generated URIs', () => {
    const texts = fc.oneof(
      uriPieces,
      uriPieces.map((rest) => `http:${rest}`),
      hosts.map((host) => `http://[${host}]/`),
      hosts.map((host) => `http://u@${host}`),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => isUri(text) === judgeUri(text)),
      { numRuns: 8000 },
    );
  });

  it.each([
    ['https://example.org/公告', false],
    ['www.example.org', false],
    ['https://example.org', true],
    ['urn:uuid:1', true],
    ['http://[2001:db8::1]:8080/', true],
    ['http://[1::2::3]/', false],
    ['', false],
  ])('URI %j: %s', (text, expected) => {
    expect(isUri(text)).toBe(expected);
  });

  it.each([
    ['zh', true],
    ['zh-Hans-CN', true],
    ['x-own', true],
    ['', false],
    ['chinese-too-long-subtags', false],
  ])('language tag %j: %s', (text, expected) => {
    expect(isLanguageTag(text)).toBe(expected);
  });

  it('are none for text so long that matching it would overflow the stack', () => {
    const long = 'a'.repeat(20_000_000);
    expect([isUri(`http://x/${long}`), isLanguageTag(long), isDateTime(long)]).toEqual([false, false, false]);
  });

  it('reads an instant in any spelling as the same moment', () => {
    const expected = BigInt(Date.UTC(2026, 4, 6, 0, 30)) * 1_000_000n;
    expect(instantNs('2026-05-06T08:30:00+08:00')).toBe(expected);
    expect(instantNs('2026-05-06t00:30:00.000z')).toBe(expected);
    expect(instantNs('2026-05-06 08:30:00+08')).toBe(expected);
    expect(instantNs('2026-05-06T00:30:00.000001Z')).toBe(expected + 1000n);
    expect(instantNs('2026-05-06')).toBeUndefined();
    expect(instantNs(null)).toBeUndefined();
  });

  it('orders instants like the calendar does', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        date,
        (moment) => instantNs(moment.toISOString()) === BigInt(moment.getTime()) * 1_000_000n,
      ),
    );
  });
});

import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Keyset } from './keyset.js';

const keyset = new Keyset(
  '-createdAt',
  [
    { sql: 't.created_at', cast: 'timestamptz' },
    { sql: 't.id', cast: 'uuid' },
  ],
  'desc',
);
const ID = '01a208a6-1ca0-75d7-bb3d-468cfa218d18';
const AT = '2026-11-23 13:45:05.123456+00';
const cursorOf = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

describe('a keyset', () => {
  const pageOf = (rows: number, limit: number) =>
    keyset.page(
      Array.from({ length: rows }, () => ({ at: AT, id: ID })),
      limit,
      (row) => [row.at, row.id],
      ({ id }) => id,
    );

  it('continues after the last row of the page before', () => {
    const page = pageOf(2, 1);
    const parameters: unknown[] = ['other'];
    expect(page.items).toEqual([ID]);
    expect(keyset.after(page.nextCursor ?? '', parameters)).toBe(
      '(t.created_at, t.id) < ($2::timestamptz, $3::uuid)',
    );
    expect(parameters).toEqual(['other', AT, ID]);
  });

  it('has a next page only where a row more was read than the page shows', () => {
    for (const [rows, hasNext] of [
      [0, false],
      [2, false],
      [3, false],
      [4, true],
    ] as const) {
      const { items, nextCursor } = pageOf(rows, 3);
      expect([items.length, nextCursor !== null]).toEqual([Math.min(rows, 3), hasNext]);
    }
  });

  it.each([
    ['an instant that is none', cursorOf('-createdAt', 'junk', ID)],
    ['a date that does not exist', cursorOf('-createdAt', '2026-02-31 13:45:05+00', ID)],
    ['infinity', cursorOf('-createdAt', 'infinity', ID)],
    ['an id that is none', cursorOf('-createdAt', AT, 'junk')],
    ['an object for a value', cursorOf('-createdAt', {}, ID)],
    ['another order', cursorOf('createdAt', AT, ID)],
    ['too few values', cursorOf('-createdAt', AT)],
    ['too many values', cursorOf('-createdAt', AT, ID, ID)],
    ['no JSON', 'AAAA'],
    ['no list', Buffer.from('{"0":"-createdAt","length":3}').toString('base64url')],
  ])('refuses a forged cursor: %s', (_what, cursor) => {
    expect(() => keyset.after(cursor, [])).toThrow(
      expect.objectContaining({ code: 'platform.cursor-invalid' }),
    );
  });

  describe('over a number and a text', () => {
    const other = new Keyset(
      'place',
      [
        { sql: 't.place', cast: 'int' },
        { sql: 't.name', cast: 'text' },
      ],
      'asc',
    );
    it('reads both back, whatever the text says', () => {
      const parameters: unknown[] = [];
      other.after(cursorOf('place', -999_999_999, "'; DROP TABLE x"), parameters);
      expect(parameters).toEqual([-999_999_999, "'; DROP TABLE x"]);
    });

    it.each([
      ['a number that the column cannot hold', cursorOf('place', 9_999_999_999, 'x')],
      ['a fraction', cursorOf('place', 1.5, 'x')],
      ['a word for a number', cursorOf('place', 'many', 'x')],
      ['a text that Postgres cannot keep', cursorOf('place', 1, 'a\u0000b')],
      ['a list for a text', cursorOf('place', 1, ['x'])],
    ])('refuses a forged cursor: %s', (_what, cursor) => {
      expect(() => other.after(cursor, [])).toThrow(
        expect.objectContaining({ code: 'platform.cursor-invalid' }),
      );
    });
  });
});

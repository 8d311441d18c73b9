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
  it('continues after the last row of the page before', () => {
    const page = keyset.page(
      [
        { at: AT, id: ID },
        { at: AT, id: ID },
      ],
      1,
      (row) => [row.at, row.id],
      ({ id }) => id,
    );
    const parameters: unknown[] = ['other'];
    expect(page.items).toEqual([ID]);
    expect(keyset.after(page.nextCursor ?? '', parameters)).toBe(
      '(t.created_at, t.id) < ($2::timestamptz, $3::uuid)',
    );
    expect(parameters).toEqual(['other', AT, ID]);
  });

  it.each([
    ['an instant that is none', cursorOf('-createdAt', 'junk', ID)],
    ['a date that does not exist', cursorOf('-createdAt', '2026-02-31 13:45:05+00', ID)],
    ['infinity', cursorOf('-createdAt', 'infinity', ID)],
    ['an id that is none', cursorOf('-createdAt', AT, 'junk')],
    ['an object for a value', cursorOf('-createdAt', {}, ID)],
    ['another order', cursorOf('createdAt', AT, ID)],
    ['too few values', cursorOf('-createdAt', AT)],
    ['no JSON', 'AAAA'],
  ])('refuses a forged cursor: %s', (_what, cursor) => {
    expect(() => keyset.after(cursor, [])).toThrow(
      expect.objectContaining({ code: 'platform.cursor-invalid' }),
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';

describe('the value of a column', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const read = async (expression: string) => {
    const [row] = await test.sql<{ value: unknown }>(`SELECT ${expression} AS value`);
    return row?.value;
  };

  it('is read as what its type in the generated schema says', async () => {
    expect(await read("date '2026-03-08'")).toBe('2026-03-08');
    expect(await read('NULL::date')).toBeNull();
    expect(await read("timestamptz '2026-03-08 08:00+08'")).toEqual(new Date('2026-03-08T00:00:00Z'));
    expect(await read("daterange '[2026-03-08,2026-03-09)'")).toBe('[2026-03-08,2026-03-09)');
    expect(await read('9007199254740993::bigint')).toBe('9007199254740993');
    expect(await read('0.1::numeric')).toBe('0.1');
    expect(await read('7::integer')).toBe(7);
    expect(await read('0.5::float8')).toBe(0.5);
    expect(await read("'12'::xid8")).toBe('12');
    expect(await read("'\\x00ff'::bytea")).toEqual(Buffer.from([0, 255]));
    expect(await read(`'{"a": 1}'::jsonb`)).toEqual({ a: 1 });
  });
});

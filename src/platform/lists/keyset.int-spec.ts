import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Keyset, type Page } from './keyset.js';

interface Row {
  readonly id: string;
  readonly key: string;
}

const columns = [
  { sql: 'created_at', cast: 'timestamptz' },
  { sql: 'id', cast: 'uuid' },
];

describe('a list read page by page', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  /** Rows of a table that has an instant and an id; `owner` keeps the runs apart. */
  const insert = (owner: string, microseconds: readonly number[]) =>
    test.sql(
      `INSERT INTO platform.task (id, handler, key, queue, payload, actor_id, run_at, created_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'default', '{}', 'test', now(),
              '2026-01-01T00:00:00Z'::timestamptz + at * interval '1 microsecond'
       FROM unnest($2::int[]) AS t (at)`,
      [owner, microseconds],
    );

  async function page(keyset: Keyset, owner: string, limit: number, cursor?: string): Promise<Page<string>> {
    const parameters: unknown[] = [owner];
    const after = keyset.after(cursor, parameters);
    const rows = await test.sql<Row>(
      `SELECT id, created_at::text AS key FROM platform.task WHERE handler = $1 AND ${after} ${keyset.orderBy} LIMIT ${limit + 1}`,
      parameters,
    );
    return keyset.page(
      rows,
      limit,
      ({ key, id }) => [key, id],
      ({ id }) => id,
    );
  }

  const everything = async (owner: string, direction: string) =>
    (
      await test.sql<Row>(
        `SELECT id FROM platform.task WHERE handler = $1 ORDER BY created_at ${direction}, id ${direction}`,
        [owner],
      )
    ).map(({ id }) => id);

  it.each(['asc', 'desc'] as const)(
    'is the whole list, each row once, also with equal keys (%s)',
    async (direction) => {
      const keyset = new Keyset(direction, columns, direction);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 25 }),
          fc.integer({ min: 1, max: 7 }),
          async (instants, limit) => {
            const owner = newId();
            await insert(owner, instants);
            const read: string[] = [];
            let cursor: string | null = null;
            do {
              const next: Page<string> = await page(keyset, owner, limit, cursor ?? undefined);
              expect(next.items.length).toBeLessThanOrEqual(limit);
              read.push(...next.items);
              cursor = next.nextCursor;
            } while (cursor !== null);
            expect(read).toEqual(await everything(owner, direction));
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('shows every row that was there from the start once, whatever is added while one reads', async () => {
    const keyset = new Keyset('desc', columns, 'desc');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
        async (instants, added) => {
          const owner = newId();
          await insert(owner, instants);
          const atFirst = await everything(owner, 'desc');
          const more = [...added];
          const read: string[] = [];
          let cursor: string | null = null;
          do {
            const next: Page<string> = await page(keyset, owner, 3, cursor ?? undefined);
            read.push(...next.items);
            cursor = next.nextCursor;
            await insert(owner, more.splice(0, 2));
          } while (cursor !== null);
          expect(read.filter((id) => atFirst.includes(id))).toEqual(atFirst);
          expect(new Set(read).size).toBe(read.length);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuses the cursor of another order', async () => {
    const owner = newId();
    await insert(owner, [1, 2, 3]);
    const { nextCursor } = await page(new Keyset('desc', columns, 'desc'), owner, 1);
    const other = new Keyset('asc', columns, 'asc');
    await expect(page(other, owner, 1, nextCursor ?? '')).rejects.toMatchObject({
      code: 'platform.cursor-invalid',
    });
  });
});

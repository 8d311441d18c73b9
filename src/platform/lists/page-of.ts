import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Keyset, Page } from './keyset.js';

/**
 * One page of a list: continues after the cursor in the given order, and says where the next page begins.
 * @param query the list without order and limit; it must hold the tables that the order names
 * @throws DomainError platform.cursor-invalid
 */
export async function pageOf<DB, TB extends keyof DB, Row>(
  uow: UnitOfWork,
  order: Keyset,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  query: SelectQueryBuilder<DB, TB, Row>,
): Promise<Page<Row>> {
  const keyed = query
    .where(order.continues(cursor))
    .select(order.key.as('pageKey'))
    .orderBy(order.ordering)
    .limit(limit + 1);
  const rows = (await uow.all(keyed)) as (Row & { pageKey: string[] })[];
  return order.page(
    rows,
    limit,
    ({ pageKey }) => pageKey,
    ({ pageKey: _key, ...row }) => row as unknown as Row,
  );
}

/**
 * The condition "in one of these areas". One LIKE per pattern: Postgres turns that into a range of the index on the
 * code, which it cannot do for `LIKE ANY (array)`.
 * @param patterns as `Access.areaPatterns` gives them; a pattern inside another adds nothing
 */
export function isInAreas(column: Expression<string>, patterns: readonly string[]): RawBuilder<boolean> {
  const widest = [...new Set(patterns)].filter(
    (pattern) => !patterns.some((other) => other !== pattern && pattern.startsWith(other.slice(0, -1))),
  );
  if (widest.length === 0) return sql<boolean>`FALSE`;
  return sql<boolean>`(${sql.join(
    widest.map((pattern) => sql`${column} LIKE ${pattern}`),
    sql` OR `,
  )})`;
}

/** The condition "has this text somewhere in it", in any case; `%` and `_` mean themselves. */
export function containsText(column: Expression<string>, text: string): RawBuilder<boolean> {
  return sql<boolean>`${column} ILIKE ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}

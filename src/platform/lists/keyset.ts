import { type RawBuilder, sql } from 'kysely';
import { isChinaDate, isKeepableText } from '#libs/kernel';
import { platformErrors } from '../platform.errors.js';

export { MAX_LIMIT, PageQuery } from './page.query.js';

export interface Page<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
}

type KeyValue = string | number | null;

/**
 * A keyset over SQL columns that ends in a unique one, e.g. `new Keyset('-publishedAt', ['t.published_at', 't.id'], 'desc')`.
 * All columns are sorted in the same direction, so one row comparison and one index serve the page.
 */
export class Keyset {
  constructor(
    /** Names the order; a cursor of another order is refused. */
    readonly order: string,
    private readonly columns: readonly { readonly sql: string; readonly cast: string }[],
    private readonly direction: 'asc' | 'desc',
  ) {}

  /** `ORDER BY …` of the list. */
  get orderBy(): string {
    return `ORDER BY ${this.columns.map(({ sql }) => `${sql} ${this.direction}`).join(', ')}`;
  }

  /**
   * The condition that continues after a cursor, with its parameters appended to `parameters`.
   * @returns `TRUE` for the first page
   * @throws DomainError platform.cursor-invalid
   */
  after(cursor: string | undefined, parameters: unknown[]): string {
    if (cursor === undefined) return 'TRUE';
    const values = decode(cursor, this.order, this.columns.length);
    if (!values.every((value, index) => isReadable(value, this.columns[index]?.cast)))
      throw platformErrors.cursorInvalid();
    const placeholders = values.map((value, index) => {
      parameters.push(value);
      return `$${parameters.length}::${this.columns[index]?.cast ?? 'text'}`;
    });
    const operator = this.direction === 'desc' ? '<' : '>';
    return `(${this.columns.map(({ sql }) => sql).join(', ')}) ${operator} (${placeholders.join(', ')})`;
  }

  /** The sort columns of a row as text that Postgres reads back exactly. */
  get key(): RawBuilder<string[]> {
    return sql<string[]>`ARRAY[${sql.join(this.columns.map((column) => sql`${sql.raw(column.sql)}::text`))}]`;
  }

  /** What `orderBy` of a built query takes. */
  get ordering(): RawBuilder<unknown> {
    return sql.raw(this.columns.map((column) => `${column.sql} ${this.direction}`).join(', '));
  }

  /**
   * The condition that continues after a cursor, for a built query; true for the first page.
   * @throws DomainError platform.cursor-invalid
   */
  continues(cursor: string | undefined): RawBuilder<boolean> {
    if (cursor === undefined) return sql<boolean>`TRUE`;
    const values = decode(cursor, this.order, this.columns.length);
    if (!values.every((value, index) => isReadable(value, this.columns[index]?.cast)))
      throw platformErrors.cursorInvalid();
    const columns = sql.raw(this.columns.map((column) => column.sql).join(', '));
    const key = sql.join(
      values.map((value, index) => sql`${value}::${sql.raw(this.columns[index]?.cast ?? 'text')}`),
    );
    return sql<boolean>`(${columns}) ${sql.raw(this.direction === 'desc' ? '<' : '>')} (${key})`;
  }

  /**
   * Cuts the page from `limit + 1` rows that were read.
   * @param keyOf the values of the sort columns of a row, in the order of the columns, as text that Postgres
   *   reads back exactly (timestamps with microseconds: select them with `::text`)
   */
  page<Row, Item>(
    rows: readonly Row[],
    limit: number,
    keyOf: (row: Row) => KeyValue[],
    toItem: (row: Row) => Item,
  ): Page<Item> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? encode(this.order, keyOf(last)) : null;
    return { items: shown.map(toItem), nextCursor };
  }
}

function encode(order: string, values: KeyValue[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

function decode(cursor: string, order: string, length: number): KeyValue[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parsed) || parsed.length !== length + 1 || parsed[0] !== order)
      throw platformErrors.cursorInvalid();
    return parsed.slice(1) as KeyValue[];
  } catch {
    throw platformErrors.cursorInvalid();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As Postgres writes it with `::text` in UTC. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/;
const INT = /^-?\d{1,9}$/;

/** A cursor comes back from outside: what the column's type cannot read would be an error of the database. */
function isReadable(value: KeyValue, cast: string | undefined): boolean {
  if (value === null) return true;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  if (cast === 'uuid') return UUID.test(text);
  if (cast === 'timestamptz') return TIMESTAMP.test(text) && isChinaDate(text.slice(0, 10));
  if (cast === 'int') return INT.test(text);
  return isKeepableText(text);
}

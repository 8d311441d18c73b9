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
    const placeholders = values.map((value, index) => {
      parameters.push(value);
      return `$${parameters.length}::${this.columns[index]?.cast ?? 'text'}`;
    });
    const operator = this.direction === 'desc' ? '<' : '>';
    return `(${this.columns.map(({ sql }) => sql).join(', ')}) ${operator} (${placeholders.join(', ')})`;
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

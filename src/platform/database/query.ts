import {
  type Compilable,
  DummyDriver,
  type Expression,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import type { Schema } from './schema.generated.js';

/**
 * Builds statements whose tables, columns and values the compiler checks against the migrated schema. It has no
 * connection: the unit of work runs what it builds, in the running transaction.
 */
export const db = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (builder) => new PostgresIntrospector(builder),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A statement that is compiled once, when its module loads; only its parameters change from call to call. */
export interface Query<P extends object, Row> {
  readonly text: string;
  /** The values of a call in the order of the placeholders. */
  readonly valuesOf: (parameters: P) => unknown[];
  readonly row?: Row;
}

/** Stands for a parameter while the statement is compiled. */
class Placeholder {
  constructor(readonly name: string) {}
}

/**
 * Declares a statement with named parameters, e.g.
 * `query((p: { id: string }) => db.selectFrom('contracts.contract').select('title').where('id', '=', p.id))`.
 * `p` may only be handed on as a value: nothing can be computed from it, because no call has been made yet.
 */
export function query<P extends object, Row>(build: (parameters: P) => Compilable<Row>): Query<P, Row> {
  const parameters = new Proxy({} as P, { get: (_target, name) => new Placeholder(String(name)) });
  const { sql: text, parameters: compiled } = build(parameters).compile();
  return {
    text,
    valuesOf: (given) =>
      compiled.map((value) => (value instanceof Placeholder ? given[value.name as keyof P] : value)),
  };
}

const statements = new Map<string, string>();

/**
 * Declares a statement as text, for writes over several tables that a builder would only hide. A test prepares each
 * of them on the migrated database, so that a renamed column is found here, too.
 * @param name `<module>.<what-it-does>`
 * @throws Error when the name is taken
 */
export function statement<Row>(name: string, text: string): Statement<Row> {
  if (statements.has(name)) throw new Error(`The statement ${name} is declared twice`);
  statements.set(name, text);
  return { text };
}

/** A statement with parameters by position. */
export interface Statement<Row> {
  readonly text: string;
  readonly row?: Row;
}

export function declaredStatements(): ReadonlyMap<string, string> {
  return statements;
}

/** An instant as the interface writes it: ISO 8601 in UTC with milliseconds. */
export function instant(column: Expression<Date>): RawBuilder<string>;
export function instant(column: Expression<Date | null>): RawBuilder<string | null>;
export function instant(column: Expression<Date | null>): RawBuilder<string | null> {
  return sql<string | null>`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** An amount in fen as a number: the interface writes amounts as integers below 2^53. */
export function fen(column: Expression<string>): RawBuilder<number>;
export function fen(column: Expression<string | null>): RawBuilder<number | null>;
export function fen(column: Expression<string | null>): RawBuilder<number | null> {
  return sql<number | null>`${column}::float8`;
}

type ArrayType = 'uuid' | 'text' | 'int' | 'bigint' | 'boolean' | 'timestamptz' | 'date' | 'jsonb' | 'bytea';

/** The condition "is one of these", with one parameter however many there are. */
export function isOneOf<T extends string | number>(
  column: Expression<T | null>,
  values: readonly T[],
  type: ArrayType,
): RawBuilder<boolean> {
  return sql<boolean>`${column} = ANY (${values}::${sql.raw(type)}[])`;
}

/**
 * Rows that are handed in as one array per column, as a table to select from: one statement for many rows.
 * `rows('r', { id: ['uuid', p.ids], state: ['text', p.states] })`
 */
export function rows<
  const A extends string,
  C extends Readonly<Record<string, readonly [ArrayType, readonly unknown[]]>>,
>(alias: A, columns: C) {
  const arrays = Object.values(columns).map(([type, values]) => sql`${values}::${sql.raw(type)}[]`);
  const names = Object.keys(columns);
  return sql<{ [K in keyof C]: C[K][1][number] }>`unnest(${sql.join(arrays)})`.as<A>(
    sql`${sql.ref(alias)} (${sql.join(names.map((name) => sql.ref(name)))})`,
  );
}

export { sql } from 'kysely';

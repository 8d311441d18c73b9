import type { ColumnType } from 'kysely';
import type { JsonValue } from '#libs/kernel';

/** `pg` reads a bigint as text, so that nothing is rounded. */
export type Bigint = ColumnType<string, string | number | bigint>;
/** `pg` reads a numeric as text, so that nothing is rounded. */
export type Numeric = ColumnType<string, string | number>;
export type Timestamp = ColumnType<Date, Date | string>;
/** Written as JSON text. */
export type Json = ColumnType<JsonValue, string>;

/** May be left out when a row is added: the database fills it. `never`: it must be left out. */
export type Defaulted<T, Given = InsertOf<T>> = ColumnType<
  SelectOf<T>,
  [Given] extends [never] ? never : Given | undefined,
  UpdateOf<T>
>;

/**
 * A state is given once, when the row is added, and from then on moves only through the register
 * (`register/register.ts`), which asks the state table: no update statement compiles that sets it.
 */
export type StateColumn<S> = ColumnType<S, S | undefined, never>;

type SelectOf<T> = T extends ColumnType<infer S, infer _I, infer _U> ? S : T;
type InsertOf<T> = T extends ColumnType<infer _S, infer I, infer _U> ? I : T;
type UpdateOf<T> = T extends ColumnType<infer _S, infer _I, infer U> ? U : T;

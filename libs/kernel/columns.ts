import { Money } from './money.js';

/** How a value is written into a column and read from it; the form that TypeORM's `transformer` takes. */
interface ColumnForm<V, Stored> {
  readonly to: (value: V | null | undefined) => Stored | null | undefined;
  readonly from: (stored: string | null) => V | null;
}

/** A bigint column of fen as a Money value; Postgres sends bigint as text, so nothing is rounded. */
export const fenColumn: ColumnForm<Money, string> = {
  to: (value) => (value === null || value === undefined ? value : value.toBigInt().toString()),
  from: (stored) => (stored === null ? null : Money.fen(BigInt(stored))),
};

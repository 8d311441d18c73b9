import type { ValueTransformer } from 'typeorm';
import { Money } from '#libs/kernel';

/** A bigint column of fen as a Money value; Postgres sends bigint as text, so nothing is rounded. */
export const fenColumn: ValueTransformer = {
  to: (value: Money | null | undefined) =>
    value === null || value === undefined ? value : value.toBigInt().toString(),
  from: (value: string | null) => (value === null ? null : Money.fen(BigInt(value))),
};

/** A bigint column that counts things and stays far below 2^53, as a number. */
export const countColumn: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

import type { Type } from '@nestjs/common';
import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Registered } from './object-type.js';

/** The values of a row as they are stored, by column: what two states of an object are compared by. */
export type StoredRow = readonly unknown[];

interface Table {
  readonly metadata: EntityMetadata;
  readonly path: string;
  /** Quoted column names, in the order of the metadata. */
  readonly columns: readonly string[];
  /** The type of each column as SQL writes it. */
  readonly types: readonly string[];
  readonly select: string;
}

/** Reads, adds and changes whole rows by what the entity says of its columns; many rows in one statement. */
export class EntityRows {
  private readonly tables = new Map<unknown, Table>();

  constructor(private readonly uow: UnitOfWork) {}

  /** The rows, locked in the order of their ids. Rows that are not there are left out. */
  async lock<E extends Registered>(entity: Type<E>, ids: readonly string[]): Promise<E[]> {
    this.uow.mustBeActive('register.lock');
    const table = this.tableOf(entity);
    const rows = await this.uow.sql<Record<string, unknown>>(
      `${table.select} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
      [[...new Set(ids)]],
    );
    return rows.map((row) => hydrate(entity, table, row));
  }

  /** One row, without a lock. */
  async read<E extends Registered>(entity: Type<E>, id: string): Promise<E | undefined> {
    const table = this.tableOf(entity);
    const row = await this.uow.one<Record<string, unknown>>(`${table.select} WHERE id = $1`, [id]);
    return row && hydrate(entity, table, row);
  }

  /** The values of an object as they are or would be stored. */
  stored<E extends Registered>(entity: Type<E>, object: E): StoredRow {
    const { metadata } = this.tableOf(entity);
    const { driver } = metadata.dataSource;
    return metadata.columns.map((column) => {
      const value: unknown = driver.preparePersistentValue(column.getEntityValue(object), column);
      return value === undefined ? null : value;
    });
  }

  async add<E extends Registered>(entity: Type<E>, objects: readonly E[]): Promise<void> {
    if (objects.length === 0) return;
    const table = this.tableOf(entity);
    const rows = objects.map((object) => this.stored(entity, object));
    // What nobody has set is left to the column's default.
    const given = table.columns.map((_, at) => at).filter((at) => rows.some((row) => row[at] !== null));
    const names = given.map((at) => table.columns[at]).join(', ');
    const parameters: unknown[] = [];
    const values = rows.map((row) => `(${given.map((at) => `$${parameters.push(row[at])}`).join(', ')})`);
    await this.uow.sql(`INSERT INTO ${table.path} (${names}) VALUES ${values.join(', ')}`, parameters);
  }

  /**
   * Writes the columns that differ from what was stored and counts each version up.
   * @param before what was stored, per object
   */
  async change<E extends Registered>(
    entity: Type<E>,
    objects: readonly E[],
    before: readonly StoredRow[],
  ): Promise<void> {
    if (objects.length === 0) return;
    const table = this.tableOf(entity);
    for (const object of objects) (object as { version: number }).version += 1;
    const after = objects.map((object) => this.stored(entity, object));
    const changed = table.columns
      .map((_, at) => at)
      .filter((at) => after.some((row, index) => !isSame(row[at], before[index]?.[at])));
    const [single] = after;
    const idAt = table.columns.indexOf('"id"');
    if (single !== undefined && after.length === 1) {
      const sets = changed.map((at, index) => `${table.columns[at] ?? ''} = $${index + 2}`);
      await this.uow.sql(`UPDATE ${table.path} SET ${sets.join(', ')} WHERE id = $1`, [
        single[idAt],
        ...changed.map((at) => single[at]),
      ]);
      return;
    }
    const list = changed.find((at) => table.types[at]?.endsWith('[]'));
    if (list !== undefined) throw new Error(`${table.path}: a list is changed one object at a time`);
    const arrays = [idAt, ...changed].map((at, index) => `$${index + 1}::${table.types[at] ?? ''}[]`);
    const sets = changed.map((at, index) => `${table.columns[at] ?? ''} = r.c${index + 1}`);
    await this.uow.sql(
      `UPDATE ${table.path} SET ${sets.join(', ')}
       FROM unnest(${arrays.join(', ')}) AS r (${arrays.map((_, index) => `c${index}`).join(', ')})
       WHERE ${table.path}.id = r.c0`,
      [idAt, ...changed].map((at) => after.map((row) => row[at])),
    );
  }

  private tableOf(entity: Type): Table {
    const known = this.tables.get(entity);
    if (known) return known;
    const metadata = this.uow.manager.dataSource.getMetadata(entity);
    const columns = metadata.columns.map(({ databaseName }) => `"${databaseName}"`);
    const path = metadata.tablePath
      .split('.')
      .map((part) => `"${part}"`)
      .join('.');
    const types = metadata.columns.map(
      (column) => metadata.dataSource.driver.normalizeType(column) + (column.isArray ? '[]' : ''),
    );
    const table = { metadata, path, columns, types, select: `SELECT ${columns.join(', ')} FROM ${path}` };
    this.tables.set(entity, table);
    return table;
  }
}

function hydrate<E>(entity: Type<E>, { metadata }: Table, row: Record<string, unknown>): E {
  const object = new entity();
  for (const column of metadata.columns) {
    const value: unknown = metadata.dataSource.driver.prepareHydratedValue(row[column.databaseName], column);
    column.setEntityValue(object as ObjectLiteral, value);
  }
  return object;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (Buffer.isBuffer(one) && Buffer.isBuffer(other)) return one.equals(other);
  if (Array.isArray(one) && Array.isArray(other)) return JSON.stringify(one) === JSON.stringify(other);
  return one === other;
}

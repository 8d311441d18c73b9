import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Compilable } from 'kysely';
import { DataSource, type EntityManager } from 'typeorm';
import { refusalOf } from './constraints.js';
import { ownSqlState } from './database-error.js';
import type { Query, Statement } from './query.js';

const MAX_ATTEMPTS = 5;
/** serialization_failure and deadlock_detected: Postgres undid the whole transaction, so it may run again. */
const RETRYABLE = new Set(['40001', '40P01']);

export type SqlRow = Record<string, unknown>;

/**
 * The one way to a transaction. A use case calls `run`; whatever it calls joins the same transaction.
 *
 * Isolation is READ COMMITTED with row locks taken in id order (measured in the design pages); a
 * serialization failure or a deadlock runs the outermost function again on a fresh transaction, so that
 * function must have no effect outside the database. A violated constraint leaves it as the refusal that the
 * module declared for it (`constraints.ts`).
 */
@Injectable()
export class UnitOfWork {
  /** The manager of the transaction in which the current chain of calls runs. */
  private readonly running = new AsyncLocalStorage<EntityManager | undefined>();

  constructor(private readonly source: DataSource) {}

  /** Runs `work` in a transaction: joins the running one, otherwise opens, retries and commits its own. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isActive) return work();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.source.transaction((manager) => this.running.run(manager, work));
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw refusalOf(error) ?? error;
        // Full jitter keeps two competitors from meeting again at the same instant.
        await delay(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /** Runs `work` outside the running transaction, e.g. to keep a record of a failure that rolls back. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return this.running.run(undefined, work);
  }

  get isActive(): boolean {
    return this.running.getStore() !== undefined;
  }

  /** The entity manager of the running transaction; outside one, each call is its own transaction. */
  get manager(): EntityManager {
    return this.running.getStore() ?? this.source.manager;
  }

  /** One SQL statement in the running transaction; parameters as $1, $2 … */
  async sql<Row = SqlRow>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(statement, [...parameters]);
    // TypeORM answers [rows, count] for UPDATE and DELETE, and rows for everything else.
    if (
      Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number'
    ) {
      return result[0] as Row[];
    }
    return result as Row[];
  }

  /** The first row, or undefined. */
  async one<Row = SqlRow>(statement: string, parameters: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.sql<Row>(statement, parameters))[0];
  }

  /** The rows of a declared statement, or of one that was built for this call. */
  async all<P extends object, Row>(query: Query<P, Row>, parameters: P): Promise<Row[]>;
  async all<Row>(built: Compilable<Row>): Promise<Row[]>;
  async all<P extends object, Row>(query: Query<P, Row> | Compilable<Row>, parameters?: P): Promise<Row[]> {
    if ('text' in query) return this.sql<Row>(query.text, query.valuesOf(parameters as P));
    const { sql, parameters: values } = query.compile();
    return this.sql<Row>(sql, values);
  }

  /** The first row, or undefined. */
  async first<P extends object, Row>(query: Query<P, Row>, parameters: P): Promise<Row | undefined>;
  async first<Row>(built: Compilable<Row>): Promise<Row | undefined>;
  async first<P extends object, Row>(
    query: Query<P, Row> | Compilable<Row>,
    parameters?: P,
  ): Promise<Row | undefined> {
    return (await ('text' in query ? this.all(query, parameters as P) : this.all(query)))[0];
  }

  /** The rows of a statement that is declared as text; parameters as $1, $2 … */
  rowsOf<Row>({ text }: Statement<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    return this.sql<Row>(text, parameters);
  }

  /** Database time: the one clock that judges deadlines. */
  async databaseTime(): Promise<Date> {
    const row = await this.one<{ now: Date }>('SELECT clock_timestamp() AS now');
    if (!row) throw new Error('The database did not tell the time');
    return row.now;
  }

  /** Fails when a statement that belongs into a transaction is about to run outside one. */
  mustBeActive(what: string): void {
    if (!this.isActive) throw new Error(`${what} must run inside a unit of work`);
  }
}

function isRetryable(error: unknown): boolean {
  const state = ownSqlState(error);
  return state !== undefined && RETRYABLE.has(state);
}

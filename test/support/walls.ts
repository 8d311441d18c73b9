import pg from 'pg';
import { cloneDatabase } from './database.js';

/** Column → SQL expression; `r` is the row that is copied. */
export type Changes = Readonly<Record<string, string>>;

/** One table: a lawful row to copy, and for each of its constraints what that one alone refuses. */
export interface Walls {
  /** `schema.table` */
  readonly table: string;
  /** Condition for the row that is copied; any row when absent. */
  readonly of?: string;
  /** Makes the copy lawful beside the original: another id, another key. */
  readonly copy: Changes;
  /** What makes room for the copy, e.g. takes away the only row that there may be; undone after each try. */
  readonly before?: string;
  /** At the edge, and still lawful. */
  readonly passes?: readonly Changes[];
  /** The constraint, then a change that nothing else forbids; a constraint may have several, and a `before` of its own. */
  readonly refused: readonly (readonly [constraint: string, changes: Changes, before?: string])[];
}

export interface Wall {
  readonly table: string;
  readonly constraint: string;
}

/**
 * Tries the constraints of the database one by one, by hand and past every role and policy, in a transaction that
 * is undone. A constraint that was dropped or weakened lets its try pass; one that fires for another's try is told.
 */
export class WallTrier {
  private readonly client: pg.Client;

  private constructor(
    url: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.client = new pg.Client({ connectionString: url });
  }

  /** On a migrated database of its own, without the application; `rows` are the lawful ones to copy. */
  static async on(rows: string): Promise<WallTrier> {
    const database = await cloneDatabase();
    const trier = await WallTrier.connect(database.url, database.drop);
    await trier.client.query(rows);
    return trier;
  }

  /** On the database of an application that has made the rows to copy. */
  static async connect(url: string, drop = () => Promise.resolve()): Promise<WallTrier> {
    const trier = new WallTrier(url, drop);
    await trier.client.connect();
    await trier.client.query('BEGIN');
    await trier.client.query('SET CONSTRAINTS ALL IMMEDIATE');
    return trier;
  }

  async end(): Promise<void> {
    await this.client.query('ROLLBACK');
    await this.client.end();
    await this.drop();
  }

  async rows<Row>(statement: string): Promise<Row[]> {
    return (await this.client.query(statement)).rows as Row[];
  }

  /** Every try that did not end as it must, as a line to read. */
  async deviations(walls: Walls): Promise<string[]> {
    const found: string[] = [];
    const expect = async (changes: Changes, wanted: string, before = walls.before) => {
      const real = await this.copy({ ...walls, before }, { ...walls.copy, ...changes });
      if (real !== wanted)
        found.push(`${walls.table} ${JSON.stringify(changes)}: ${real} instead of ${wanted}`);
    };
    for (const changes of [{}, ...(walls.passes ?? [])]) await expect(changes, 'passes');
    for (const [constraint, changes, before] of walls.refused) await expect(changes, constraint, before);
    return found;
  }

  /** @returns `passes`, or the constraint that refuses the statement; nothing of it stays */
  async outcome(statement: string, parameters: readonly unknown[] = []): Promise<string> {
    await this.client.query('SAVEPOINT one_try');
    try {
      const { rowCount } = await this.client.query(statement, [...parameters]);
      return rowCount === 0 ? 'touches no row' : 'passes';
    } catch (error) {
      const { constraint, message } = error as { constraint?: string; message: string };
      return constraint ?? message;
    } finally {
      await this.client.query('ROLLBACK TO SAVEPOINT one_try; RELEASE SAVEPOINT one_try');
    }
  }

  /** Runs `work` on another schema, which is then as it was; may be nested. */
  async undone(statements: string, work: () => Promise<void>): Promise<void> {
    await this.client.query(`SAVEPOINT other_schema; ${statements}`);
    try {
      await work();
    } finally {
      await this.client.query('ROLLBACK TO SAVEPOINT other_schema; RELEASE SAVEPOINT other_schema');
    }
  }

  /**
   * The rows that a nightly check finds as the product runs it, once `damage` has been done past every trigger and
   * foreign key. Constraints that would refuse the damage are dropped by it.
   */
  async findings(check: { readonly sql: string }, damage = 'SELECT'): Promise<Record<string, unknown>[]> {
    let found: Record<string, unknown>[] = [];
    const statements = `SET LOCAL session_replication_role = replica; ${damage};
      SET LOCAL session_replication_role = origin; SET LOCAL ROLE linqiao_app`;
    await this.undone(statements, async () => {
      found = await this.rows(check.sql);
    });
    return found;
  }

  /** Constraints and unique indexes of a schema that can refuse a row. */
  async catalogue(schema: string): Promise<Wall[]> {
    const { rows } = await this.client.query<Wall>(
      `SELECT c.oid::regclass::text AS table, con.conname AS constraint
       FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND con.contype IN ('c', 'u', 'x', 'f', 'p')
       UNION ALL
       SELECT c.oid::regclass::text, i.indexrelid::regclass::text
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.indexrelid)
       ORDER BY 1, 2`,
      [schema],
    );
    return rows.map(({ table, constraint }) => ({ table, constraint: constraint.replace(/^.*\./, '') }));
  }

  /** The words that a CHECK lists, by its name. */
  async wordLists(schema: string): Promise<Record<string, string[]>> {
    const checks = await this.rows<{ name: string; definition: string }>(
      `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE connamespace = '${schema}'::regnamespace AND contype = 'c' ORDER BY conname`,
    );
    return Object.fromEntries(
      checks.flatMap(({ name, definition }) => {
        const words = [...definition.matchAll(/ARRAY\[([^\]]+)\]/g)].flatMap(([, list = '']) =>
          [...list.matchAll(/'([^']+)'::text/g)].map(([, word = '']) => word),
        );
        return words.length === 0 ? [] : [[name, words.sort()]];
      }),
    );
  }

  /** `table.column` of every column of a schema that may be empty. */
  async nullable(schema: string): Promise<string[]> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT c.relname || '.' || a.attname AS name
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attnotnull
       ORDER BY c.relname, a.attnum`,
      [schema],
    );
    return rows.map(({ name }) => name);
  }

  private async copy(
    { table, of = 'true', before = 'SELECT' }: Pick<Walls, 'table' | 'of'> & { before: string | undefined },
    changes: Changes,
  ): Promise<string> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const unknown = Object.keys(changes).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
    const values = names.map((name) => changes[name] ?? `r.${name}`);
    let outcome = '';
    await this.undone(before, async () => {
      outcome = await this.outcome(
        `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table} r WHERE ${of} LIMIT 1`,
      );
    });
    return outcome;
  }
}

/**
 * What the catalogue has and nobody tries, and what is tried and is not there.
 * @param implied constraints that cannot be broken alone, because another one says the same and more
 */
export function untried(
  catalogue: readonly Wall[],
  walls: readonly Walls[],
  implied: readonly string[],
): string[] {
  const known = catalogue.map(({ table, constraint }) => `${table} ${constraint}`);
  const tried = new Set(
    walls.flatMap(({ table, refused }) => refused.map(([constraint]) => `${table} ${constraint}`)),
  );
  const excused = known.filter((wall) => implied.includes(wall.split(' ')[1] ?? ''));
  return [
    ...known.filter((wall) => !tried.has(wall) && !excused.includes(wall)).map((wall) => `untried: ${wall}`),
    ...implied
      .filter((name) => !excused.some((wall) => wall.endsWith(` ${name}`)))
      .map((name) => `not there: ${name}`),
  ];
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from './database.js';

export type Row = Readonly<Record<string, unknown>>;

/** Changes of the row that make the first one, and changes of the first one that make the second. */
export type TwoRows = readonly [first: Row, second: Row];

/** What the constraints of one table must refuse, each of them alone. */
export interface TableWalls {
  /** `schema.table` */
  readonly table: string;
  /** A row that every constraint accepts. */
  readonly row: Row;
  /** The columns that may be absent. */
  readonly optional: readonly string[];
  /** Per CHECK: changes of the row that it refuses, at the edge where there is one. */
  readonly refuses: Readonly<Record<string, readonly Row[]>>;
  /** Changes of the row that stand just inside. */
  readonly accepts: readonly Row[];
  /** Per UNIQUE, EXCLUDE or unique index: two rows that it does not let stand beside each other. */
  readonly refusesBeside: Readonly<Record<string, readonly TwoRows[]>>;
  /** Two rows that may stand beside each other. */
  readonly acceptsBeside: readonly TwoRows[];
  /** What the application's role may do with it, and with which columns where not with all. */
  readonly rights: readonly string[];
  /** Per foreign key: changes of the row with which it refers to nothing; the row as it stands does, too. */
  readonly refers: Readonly<Record<string, Row>>;
}

interface Wall {
  readonly name: string;
  readonly kind: 'check' | 'unique' | 'foreign-key';
  readonly is_index: boolean;
}

/** With a table where the application does everything that its own rules allow. */
export const ALL_RIGHTS: readonly string[] = ['DELETE', 'INSERT', 'SELECT', 'UPDATE'];
export const ONLY_ADDED: readonly string[] = ['INSERT', 'SELECT'];
export const NEVER_DELETED: readonly string[] = ['INSERT', 'SELECT', 'UPDATE'];

/** What `platform.refuse_change` raises. */
const RESTRICT_VIOLATION = '23001';

const RIGHTS = `
  SELECT privilege_type AS name FROM pg_class c, aclexplode(c.relacl) a
  WHERE c.oid = $1::regclass AND a.grantee = 'linqiao_app'::regrole
  UNION ALL
  SELECT format('%s (%s)', privilege_type, attname) FROM pg_attribute t, aclexplode(t.attacl) a
  WHERE t.attrelid = $1::regclass AND a.grantee = 'linqiao_app'::regrole
  ORDER BY 1`;

const NO_FOREIGN_KEYS = `
  DO $$ DECLARE wall record; BEGIN
    FOR wall IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', wall.of, wall.conname);
    END LOOP;
  END $$`;

/**
 * Primary keys on `id` alone are the convention; those with a name of their own say something about the business.
 * A unique key around the primary key refuses nothing by itself: it is there to be referred to.
 */
const WALLS = `
  SELECT con.conname AS name, false AS is_index,
    CASE con.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign-key' ELSE 'unique' END AS kind
  FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
  WHERE con.conrelid = $1::regclass AND con.contype IN ('c', 'u', 'x', 'f', 'p') AND con.conname <> c.relname || '_pkey'
    AND NOT (con.contype = 'u' AND con.conkey @> (
      SELECT pk.conkey FROM pg_constraint pk WHERE pk.conrelid = con.conrelid AND pk.contype = 'p'))
  UNION ALL
  SELECT c.relname, true, 'unique' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = $1::regclass AND i.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))`;

/**
 * Tables without the product around them. Foreign keys and triggers are taken away where something else is
 * asked about, so that only that answers; everything is undone.
 */
export class WallDatabase {
  private constructor(
    private readonly client: pg.Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<WallDatabase> {
    const database = await cloneDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return new WallDatabase(client, database.drop);
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.drop();
  }

  /** Every table of a schema. */
  async tablesOf(schema: string): Promise<string[]> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY 1`,
      [schema],
    );
    return rows.map(({ name }) => name);
  }

  /** Everything in which the table does not do what is said of it. */
  async deviations(walls: TableWalls): Promise<string[]> {
    await this.client.query('BEGIN');
    try {
      const known = await this.wallsOf(walls.table);
      const found = [
        ...(await this.unlisted(walls, known)),
        ...(await this.changeable(walls)),
        ...(await this.loose(walls, known)),
      ];
      await this.clear(walls.table, known);
      return [...found, ...(await this.wrongOfOneRow(walls)), ...(await this.wrongOfTwoRows(walls))];
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  /** Statements past every foreign key and trigger, undone in the end. */
  async forging<T>(
    work: (query: (statement: string, values?: unknown[]) => Promise<Row[]>) => Promise<T>,
  ): Promise<T> {
    await this.client.query('BEGIN; SET LOCAL session_replication_role = replica');
    try {
      return await work(async (statement, values) => (await this.client.query<Row>(statement, values)).rows);
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  /**
   * What the module's own triggers say to these statements when their transaction ends; foreign keys say nothing.
   * @param standing what is there before, past the triggers
   */
  async answerWithTriggers(statements: string, standing = ''): Promise<string> {
    await this.client.query('BEGIN');
    try {
      await this.client.query(`${NO_FOREIGN_KEYS}; SET LOCAL session_replication_role = replica`);
      await this.client.query(`${standing}; SET LOCAL session_replication_role = origin`);
      return await this.outcome(`${statements}; SET CONSTRAINTS ALL IMMEDIATE`);
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  /** A wall or an optional column of which nothing is said, or that is said to be there and is not. */
  private async unlisted(walls: TableWalls, known: readonly Wall[]): Promise<string[]> {
    const real = known.map(({ name, kind }) => `${kind} ${name}`);
    const said = [
      ...Object.keys(walls.refuses).map((name) => `check ${name}`),
      ...Object.keys(walls.refusesBeside).map((name) => `unique ${name}`),
      ...Object.keys(walls.refers).map((name) => `foreign-key ${name}`),
    ];
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND NOT attnotnull`,
      [walls.table],
    );
    const optional = rows.map(({ name }) => name);
    const rights = (await this.client.query<{ name: string }>(RIGHTS, [walls.table])).rows.map(
      ({ name }) => name,
    );
    return [
      ...(rights.join() === walls.rights.join() ? [] : [`the application may ${rights.join()}`]),
      ...real.filter((wall) => !said.includes(wall)).map((wall) => `nothing is said of ${wall}`),
      ...said.filter((wall) => !real.includes(wall)).map((wall) => `there is no ${wall}`),
      ...optional.filter((name) => !walls.optional.includes(name)).map((name) => `${name} may be absent`),
      ...walls.optional.filter((name) => !optional.includes(name)).map((name) => `${name} may not be absent`),
    ];
  }

  /** What may only be added to stays, for the owner, too. */
  private async changeable({ table, row, rights }: TableWalls): Promise<string[]> {
    if (rights !== ONLY_ADDED) return [];
    const found: string[] = [];
    const [column = ''] = Object.keys(row);
    for (const statement of [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      const answer = await this.outcome(statement);
      if (answer !== RESTRICT_VIOLATION) found.push(`${statement}: ${answer}`);
    }
    return found;
  }

  /** Foreign keys that let a row refer to nothing. */
  private async loose({ table, row, refers }: TableWalls, known: readonly Wall[]): Promise<string[]> {
    const found: string[] = [];
    for (const [wall, changes] of Object.entries(refers)) {
      await this.client.query('SAVEPOINT reference');
      await this.clear(
        table,
        known.filter(({ name }) => name !== wall),
      );
      const answer = await this.answerTo(table, { ...row, ...changes });
      if (answer !== wall) found.push(`a reference to nothing is not refused by ${wall}: ${answer}`);
      await this.client.query('ROLLBACK TO SAVEPOINT reference');
    }
    return found;
  }

  /** Takes the triggers and these foreign keys away. */
  private async clear(table: string, known: readonly Wall[]): Promise<void> {
    await this.client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER; SET CONSTRAINTS ALL IMMEDIATE`);
    for (const { name, kind } of known) {
      if (kind === 'foreign-key') await this.client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    }
  }

  private async wrongOfOneRow({ table, row, accepts, refuses }: TableWalls): Promise<string[]> {
    const found: string[] = [];
    for (const changes of [{}, ...accepts]) {
      const answer = await this.answerTo(table, { ...row, ...changes });
      if (answer !== 'accepted') found.push(`${told(changes)} is refused by ${answer}`);
    }
    for (const [wall, cases] of Object.entries(refuses)) {
      for (const changes of cases) {
        found.push(...(await this.notRefusedByAlone(wall, table, { ...row, ...changes }, told(changes))));
      }
    }
    return found;
  }

  private async wrongOfTwoRows({ table, row, ...walls }: TableWalls): Promise<string[]> {
    const found: string[] = [];
    const beside = async ([first, second]: TwoRows, ask: (row: Row, name: string) => Promise<string[]>) => {
      await this.client.query('SAVEPOINT first');
      await this.insert(table, { ...row, ...first });
      const name = `${told(second)} beside ${told(first)}`;
      found.push(...(await ask({ ...row, ...first, ...second }, name)));
      await this.client.query('ROLLBACK TO SAVEPOINT first');
    };
    for (const rows of walls.acceptsBeside) {
      await beside(rows, async (second, name) => {
        const answer = await this.answerTo(table, second);
        return answer === 'accepted' ? [] : [`${name} is refused by ${answer}`];
      });
    }
    for (const [wall, cases] of Object.entries(walls.refusesBeside)) {
      for (const rows of cases) {
        await beside(rows, (second, name) => this.notRefusedByAlone(wall, table, second, name));
      }
    }
    return found;
  }

  /** Whether a wall does not refuse a row, or something else refuses it, too, when the wall is gone. */
  private async notRefusedByAlone(wall: string, table: string, row: Row, name: string): Promise<string[]> {
    const answer = await this.answerTo(table, row);
    if (answer !== wall) return [`${name} is not refused by ${wall}: ${answer}`];
    const without = await this.answerWithout(wall, table, row);
    return without === 'accepted' ? [] : [`${name} is refused by ${wall} and by ${without}`];
  }

  private async answerWithout(wall: string, table: string, row: Row): Promise<string> {
    await this.client.query('SAVEPOINT alone');
    const isIndex = (await this.wallsOf(table)).some(({ name, is_index }) => name === wall && is_index);
    const [schema = ''] = table.split('.');
    await this.client.query(
      isIndex ? `DROP INDEX ${schema}.${wall}` : `ALTER TABLE ${table} DROP CONSTRAINT ${wall} CASCADE`,
    );
    const answer = await this.answerTo(table, row);
    await this.client.query('ROLLBACK TO SAVEPOINT alone');
    return answer;
  }

  private async wallsOf(table: string): Promise<Wall[]> {
    return (await this.client.query<Wall>(WALLS, [table])).rows;
  }

  private async insert(table: string, row: Row): Promise<void> {
    await this.client.query(...insertion(table, row));
  }

  private answerTo(table: string, row: Row): Promise<string> {
    return this.outcome(...insertion(table, row));
  }

  /** `accepted`, or who refused; nothing is kept. */
  private async outcome(statement: string, values: readonly unknown[] = []): Promise<string> {
    await this.client.query('SAVEPOINT attempt');
    try {
      await this.client.query(statement, [...values]);
      return 'accepted';
    } catch (error) {
      const { constraint, code } = error as { constraint?: string; code?: string };
      return constraint ?? code ?? String(error);
    } finally {
      await this.client.query('ROLLBACK TO SAVEPOINT attempt');
    }
  }
}

/** Statement and values that write a row. */
export function insertion(table: string, row: Row): [statement: string, values: unknown[]] {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  return [
    `INSERT INTO ${table} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${places})`,
    Object.values(row),
  ];
}

function told(changes: Row): string {
  return JSON.stringify(changes, (_key, value: unknown) =>
    typeof value === 'string' && value.length > 60 ? `${value.slice(0, 10)}… (${value.length})` : value,
  );
}

/**
 * The tests of a module's tables.
 * @param more further tests of the same database, e.g. of triggers
 */
export function describeTables(
  schema: string,
  tables: readonly TableWalls[],
  more: (database: () => WallDatabase) => void = () => undefined,
): void {
  describe(`the tables of ${schema}`, () => {
    let database: WallDatabase;
    beforeAll(async () => {
      database = await WallDatabase.open();
    });
    afterAll(() => database.close());

    it('are all spoken of', async () => {
      expect(tables.map(({ table }) => table).sort()).toEqual(await database.tablesOf(schema));
    });

    it.each(tables.map((walls) => [walls.table, walls] as const))(
      '%s refuses what it must, wall by wall, and nothing else',
      async (_table, walls) => {
        expect(await database.deviations(walls)).toEqual([]);
      },
    );

    more(() => database);
  });
}

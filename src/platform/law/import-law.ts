import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import type { AppConfig } from '../config/app-config.js';
import { sqlState } from '../database/database-error.js';

/** Two processes that import at the same moment take turns on this advisory lock. */
const LAW_LOCK = 7_402_318_552;

/** Rows of law that come with the product, and the table that keeps them. */
export interface LawTopic {
  readonly name: string;
  /** A CSV whose heading names columns of the table; `valid_from` and `valid_until` together are its `validity`. */
  readonly file: string;
  readonly table: `${string}.${string}`;
  /** Columns that say which row it is; of `validity` the first day does. */
  readonly key: readonly string[];
  /** Whether authorities keep rows of their own beside ours; the column `shipped` then tells them apart. */
  readonly shared: boolean;
}

export interface LawChange {
  readonly topic: string;
  readonly row: string;
  readonly change:
    | 'added'
    | 'changed'
    | 'withdrawn'
    /** Withdrawn by us, but something was decided by it. */
    | 'still-used'
    /** An authority has a row of its own in the same place; theirs stays. */
    | 'own-row-stays';
  /** What was and what is, for each column that differs. */
  readonly columns: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
}

type Row = Readonly<Record<string, unknown>>;

const FOREIGN_KEY_VIOLATION = '23503';
const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';

/**
 * Brings the tables of law to what comes with this version, in one transaction. Rows that an authority entered are
 * left alone, and so is a rule by which something was decided.
 * @returns what differs now from what was: nothing when it is run again, except what is left to others or still used
 * @throws Error when a file does not fit its table
 */
export async function importLaw(config: AppConfig, topics: readonly LawTopic[]): Promise<LawChange[]> {
  const client = new pg.Client({
    connectionString: config.databaseUrl,
    application_name: 'linqiao-import-law',
  });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LAW_LOCK]);
    const changes: LawChange[] = [];
    for (const topic of topics) changes.push(...(await new TopicImport(client, topic).execute()));
    await client.query('COMMIT');
    return changes;
  } finally {
    await client.end();
  }
}

class TopicImport {
  constructor(
    private readonly client: pg.Client,
    private readonly topic: LawTopic,
  ) {}

  async execute(): Promise<LawChange[]> {
    const file = readRows(await readFile(this.topic.file));
    const columns = Object.keys(file[0] ?? {});
    const wanted = this.byKey(await this.asStored(file), columns);
    const present = this.byKey(await this.present(), columns);
    const changes: LawChange[] = [];
    // What leaves makes room first, then what is shortened, then what is new.
    for (const [key, row] of present) {
      if (!wanted.has(key)) changes.push(await this.withdraw(key, row));
    }
    for (const [key, row] of wanted) {
      const before = present.get(key);
      if (before === undefined) continue;
      const differing = columns.filter((name) => before[name] !== row[name]);
      if (differing.length > 0) changes.push(await this.change(key, before, row, differing));
    }
    for (const [key, row] of wanted) {
      if (!present.has(key)) changes.push(await this.add(key, row, columns));
    }
    return changes;
  }

  /** The rows of the file with the types of the table. */
  private async asStored(file: readonly Row[]): Promise<Row[]> {
    const { rows } = await this.client.query<{ row: Row }>(
      `SELECT to_jsonb(r) AS row FROM jsonb_populate_recordset(NULL::${this.topic.table}, $1) AS r`,
      [JSON.stringify(file)],
    );
    return rows.map(({ row }) => row);
  }

  private async present(): Promise<Row[]> {
    const { rows } = await this.client.query<{ row: Row }>(
      `SELECT to_jsonb(t) AS row FROM ${this.topic.table} t ${this.topic.shared ? 'WHERE t.shipped' : ''}`,
    );
    return rows.map(({ row }) => row);
  }

  private byKey(rows: readonly Row[], columns: readonly string[]): Map<string, Row> {
    const found = new Map<string, Row>();
    for (const row of rows) {
      const key = this.topic.key
        .map((name) => (name === 'validity' ? String(row[name]).split(',', 1)[0]?.slice(1) : row[name]))
        .join(' ')
        .trim();
      if (found.has(key)) throw new Error(`${this.topic.name}: two rows are ${key}`);
      found.set(key, Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
    }
    return found;
  }

  private async withdraw(row: string, before: Row): Promise<LawChange> {
    const refused = await this.attempt(`DELETE FROM ${this.topic.table} t WHERE ${this.isRow}`, [before]);
    return this.told(row, refused === FOREIGN_KEY_VIOLATION ? 'still-used' : 'withdrawn');
  }

  private async change(row: string, before: Row, after: Row, names: readonly string[]): Promise<LawChange> {
    const refused = await this.attempt(
      `UPDATE ${this.topic.table} t SET ${names.map((name) => `${name} = r.${name}`).join(', ')}
       FROM jsonb_populate_record(NULL::${this.topic.table}, $2) AS r WHERE ${this.isRow}`,
      [before, after],
    );
    if (refused !== undefined) return this.told(row, 'own-row-stays');
    const columns = names.map((name) => ({ name, before: before[name], after: after[name] }));
    return this.told(row, 'changed', columns);
  }

  private async add(row: string, after: Row, names: readonly string[]): Promise<LawChange> {
    const shipped = this.topic.shared ? { column: ', shipped', value: ', true' } : { column: '', value: '' };
    const refused = await this.attempt(
      `INSERT INTO ${this.topic.table} (${names.join(', ')}${shipped.column})
       SELECT ${names.map((name) => `r.${name}`).join(', ')}${shipped.value}
       FROM jsonb_populate_record(NULL::${this.topic.table}, $1) AS r`,
      [after],
    );
    return this.told(row, refused === undefined ? 'added' : 'own-row-stays');
  }

  /** Whether `t` is the row of the first parameter. */
  private get isRow(): string {
    return `to_jsonb(t) @> $1::jsonb${this.topic.shared ? ' AND t.shipped' : ''}`;
  }

  /** @returns the SQLSTATE of a refusal that is told and not thrown */
  private async attempt(text: string, rows: readonly Row[]): Promise<string | undefined> {
    await this.client.query('SAVEPOINT law');
    try {
      await this.client.query(
        text,
        rows.map((row) => JSON.stringify(row)),
      );
      return undefined;
    } catch (error) {
      const state = sqlState(error);
      if (
        state !== FOREIGN_KEY_VIOLATION &&
        !(this.topic.shared && (state === UNIQUE_VIOLATION || state === EXCLUSION_VIOLATION))
      )
        throw error;
      await this.client.query('ROLLBACK TO SAVEPOINT law');
      return state;
    }
  }

  private told(row: string, change: LawChange['change'], columns: LawChange['columns'] = []): LawChange {
    return { topic: this.topic.name, row, change, columns };
  }
}

/** Empty cells are empty texts; the days of a row's validity become one range without its last day. */
function readRows(content: Buffer): Row[] {
  const rows = parse<Record<string, string>>(content, { columns: true, bom: true });
  return rows.map(({ valid_from: from, valid_until: until, ...row }) =>
    from === undefined ? row : { ...row, validity: `[${from},${until ?? ''})` },
  );
}

/** A change as one line for the operator. */
export function lineOf({ topic, row, change, columns }: LawChange): string {
  const what = {
    added: '+',
    changed: '~',
    withdrawn: '-',
    'still-used': 'kept, because something was decided by it:',
    'own-row-stays': 'left to the row that an authority entered:',
  }[change];
  const details = columns.map(
    ({ name, before, after }) => `${name} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );
  return [`${topic} ${what} ${row}`, ...details].join('; ');
}

import { format, resolveConfig } from 'prettier';

/** Schemas of the product; the queue's tables are BullMQ's own, the simulated treasury stands for another's. */
const FOREIGN = ['information_schema', 'public', 'bullmq', 'treasury_simulator'];

type Query = (statement: string, parameters?: unknown[]) => Promise<unknown>;

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly filled: boolean;
  readonly computed: boolean;
}
interface Check {
  readonly table: string;
  readonly columns: readonly string[];
  readonly definition: string;
}

/** What `pg` gives and takes for a column of a type. */
const TYPES: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  'character varying': 'string',
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  'double precision': 'number',
  bigint: 'Bigint',
  numeric: 'Numeric',
  date: 'string',
  'timestamp with time zone': 'Timestamp',
  tstzrange: 'string',
  daterange: 'string',
  xid8: 'string',
  bytea: 'Buffer',
  jsonb: 'Json',
};

/**
 * The types of all tables, written from the migrated database: a column that is renamed, retyped or made nullable
 * changes them, and every statement that no longer fits fails the build. A CHECK that lists values becomes a union.
 */
export async function renderSchema(query: Query, file: string): Promise<string> {
  const columns = (await query(
    `SELECT n.nspname || '.' || c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
            NOT a.attnotnull AS nullable, a.atthasdef OR a.attidentity <> '' AS filled,
            a.attidentity = 'a' OR a.attgenerated <> '' AS computed
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
       AND n.nspname <> ALL($1) AND n.nspname !~ '^pg_'
     ORDER BY 1, a.attnum`,
    [FOREIGN],
  )) as Column[];
  const checks = (await query(
    `SELECT n.nspname || '.' || c.relname AS "table", pg_get_constraintdef(k.oid) AS definition,
            ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)) AS columns
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'c' ORDER BY k.conname`,
  )) as Check[];
  const tables = [...new Set(columns.map(({ table }) => table))];
  const text = [
    '// Written from the migrated database by schema.int-spec.ts (UPDATE_DOCS=1). Do not edit by hand.',
    "import type { Bigint, Defaulted, Json, Numeric, StateColumn, Timestamp } from './column-types.js';",
    '',
    '/** Every table of the product with what `pg` reads from it and takes for it. */',
    'export interface Schema {',
    ...tables.map(
      (table) =>
        `'${table}': {\n${columns
          .filter((column) => column.table === table)
          .map((column) => `${column.name}: ${typeOf(column, checks)};`)
          .join('\n')}\n};`,
    ),
    '}',
  ].join('\n');
  return format(text, {
    ...(await resolveConfig(file, { config: '.config/prettier.json' })),
    filepath: file,
  });
}

function typeOf(column: Column, checks: readonly Check[]): string {
  const values = listedValues(column, checks);
  const isList = column.type.endsWith('[]');
  const base =
    values?.map((value) => `'${value}'`).join(' | ') ??
    TYPES[column.type.replace('[]', '')] ??
    fail(`No type is known for ${column.type} of ${column.table}.${column.name}`);
  const nullable = (isList ? `readonly (${base})[]` : base) + (column.nullable ? ' | null' : '');
  // A state moves only through the register: no statement may set it.
  if (values !== undefined && ['state', 'status', 'stage'].includes(column.name))
    return `StateColumn<${nullable}>`;
  if (column.computed) return `Defaulted<${nullable}, never>`;
  return column.filled ? `Defaulted<${nullable}>` : nullable;
}

/** The values of a CHECK such as `CHECK ((state = ANY (ARRAY['a'::text, 'b'::text])))` on this column alone. */
function listedValues(column: Column, checks: readonly Check[]): string[] | undefined {
  const list = checks
    .filter(
      ({ table, columns }) => table === column.table && columns.length === 1 && columns[0] === column.name,
    )
    .map(({ definition }) => /^CHECK \(\(+"?\w+"? = ANY \(ARRAY\[([^\]]+)\]\)\)+$/.exec(definition)?.[1])
    .find((found) => found !== undefined);
  return list
    ?.split(', ')
    .map((value) => /^'([^']*)'::text$/.exec(value)?.[1] ?? fail(`Not a text: ${value}`));
}

function fail(reason: string): never {
  throw new Error(reason);
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { clusterUrl } from '../../../test/support/database.js';
import { loadConfig } from '../config/app-config.js';
import { dataSourceOptions } from './data-source.js';

const FOLDER = join(import.meta.dirname, '../../migrations');

/** Everything that the migrations make: columns, constraints, indexes, triggers, functions, rights. */
const INVENTORY = `
  WITH ours AS (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname NOT IN ('information_schema', 'public') AND nspname !~ '^pg_'
  )
  SELECT 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
           AS what
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN ours ON ours.oid = c.relnamespace
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(k.oid)
            FROM pg_constraint k JOIN ours ON ours.oid = k.connamespace
  UNION ALL SELECT indexdef FROM pg_indexes JOIN ours ON ours.nspname = schemaname
  UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                   JOIN ours ON ours.oid = c.relnamespace WHERE NOT t.tgisinternal
  UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN ours ON ours.oid = p.pronamespace
  UNION ALL SELECT 'rights ' || c.oid::regclass || ' ' || coalesce(c.relacl::text, '')
            FROM pg_class c JOIN ours ON ours.oid = c.relnamespace WHERE c.relkind <> 'i'
  UNION ALL SELECT 'schema ' || nspname FROM ours
  ORDER BY what`;

describe('the migrations', () => {
  const name = `test_migrations_${process.pid}`;
  let source: DataSource;

  const onCluster = async (statement: string) => {
    const client = new pg.Client({ connectionString: clusterUrl() });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const inventory = async () => (await source.query<{ what: string }[]>(INVENTORY)).map(({ what }) => what);

  beforeAll(async () => {
    await onCluster(`CREATE DATABASE ${name}`);
    const url = new URL(clusterUrl());
    url.pathname = `/${name}`;
    const config = loadConfig({ DATABASE_URL: url.toString() });
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts')).sort();
    const migrations: (new () => object)[] = [];
    for (const file of files) {
      const exported = Object.values((await import(join(FOLDER, file))) as Record<string, unknown>);
      expect(exported).toHaveLength(1);
      migrations.push(exported[0] as new () => object);
    }
    source = await new DataSource({
      ...dataSourceOptions(config, { asOwner: true, applicationName: 'test-migrations' }),
      migrations,
      migrationsTableName: 'schema_migration',
      migrationsTransactionMode: 'each',
    }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await onCluster(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it('go up, down to nothing, and up to the same again', async () => {
    const ran = await source.runMigrations();
    expect(ran).toHaveLength(source.migrations.length);
    const first = await inventory();
    for (const _ of ran) await source.undoLastMigration();
    expect(await inventory()).toEqual([]);
    expect(await source.runMigrations()).toHaveLength(ran.length);
    expect(await inventory()).toEqual(first);
    expect(first.length).toBeGreaterThan(500);
  });

  it('run once: running them again changes nothing', async () => {
    expect(await source.runMigrations()).toEqual([]);
  });
});

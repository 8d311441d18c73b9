import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { runMigrations as runQueueMigrations } from 'bullmq';
import type { AppConfig } from '../config/app-config.js';
import { dataSourceOptions } from './data-source.js';

/** Two processes that migrate at the same moment take turns on this advisory lock. */
const MIGRATION_LOCK = 7_402_318_551;

export const QUEUE_SCHEMA = 'bullmq';

/** A data source as the owner of the schemas, with the compiled migrations that lie beside this build. */
export function migrationDataSource(config: AppConfig): DataSource {
  return new DataSource({
    ...dataSourceOptions(config, { asOwner: true, applicationName: 'linqiao-migrate' }),
    migrations: [join(import.meta.dirname, '../../migrations/*.{js,ts}')],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
}

/**
 * Brings the database up to date: the application role, the product's own migrations in order, the job
 * queue's tables. Running it again changes nothing.
 * @returns the names of the migrations that ran now
 */
export async function migrate(config: AppConfig): Promise<string[]> {
  const lock = new pg.Client({
    connectionString: config.databaseUrl,
    application_name: 'linqiao-migrate-lock',
  });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureApplicationRole(lock, config.databaseAppRole);
    const source = await migrationDataSource(config).initialize();
    try {
      const ran = await source.runMigrations();
      await runQueueMigrations(lock, QUEUE_SCHEMA);
      await grantQueue(lock, config.databaseAppRole);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

async function ensureApplicationRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (!rowCount) {
    try {
      await client.query(`CREATE ROLE "${role}" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`);
    } catch (error) {
      // Roles belong to the whole cluster: another database of it may have created the role just now.
      const code = (error as { code?: string }).code;
      if (code !== '42710' && code !== '23505') throw error;
    }
  }
  // Who creates a role is its member since PostgreSQL 16, but only to administer it: SET ROLE needs the grant.
  const { rows } = await client.query<{ member: boolean }>(
    "SELECT pg_has_role(current_user, $1, 'MEMBER') AS member",
    [role],
  );
  if (!rowCount || !rows[0]?.member) await client.query(`GRANT "${role}" TO CURRENT_USER`);
}

async function grantQueue(client: pg.Client, role: string): Promise<void> {
  await client.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO "${role}";
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO "${role}";
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO "${role}";
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO "${role}"`);
}

/**
 * Gives the application role its rights on a module's schema. Called at the end of each migration that
 * creates tables. Tables named in `appendOnly` can be read and added to, never changed or emptied, and a
 * trigger stops even the owner from doing so by accident.
 */
export async function grantModule(
  runner: QueryRunner,
  schema: string,
  options: { appendOnly?: readonly string[]; readOnly?: readonly string[] } = {},
): Promise<void> {
  const role = '"linqiao_app"';
  await runner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
  await runner.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`);
  for (const table of options.appendOnly ?? []) {
    await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${schema}.${table} FROM ${role}`);
    await runner.query(`
      CREATE TRIGGER ${table}_is_append_only
      BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()`);
  }
  for (const table of options.readOnly ?? []) {
    await runner.query(`REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ${schema}.${table} FROM ${role}`);
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityMetadata } from 'typeorm';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { renderSchema } from './render-schema.test-support.js';

const APP_ROLE = 'linqiao_app';
/** Schemas of the product. The queue's tables are BullMQ's own; the simulated treasury is another's database. */
const OURS = `n.nspname NOT IN ('information_schema', 'public', 'bullmq') AND n.nspname !~ '^pg_'`;
const NOT_FOR_THE_APPLICATION = ['treasury_simulator'];

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

describe('the database schema', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const names = async (statement: string) => (await test.sql<{ name: string }>(statement)).map((r) => r.name);

  /** Statements as the owner of the schemas, undone in the end. */
  async function asOwner<T>(work: (query: DataSource['query']) => Promise<T>): Promise<T> {
    const owner = await new DataSource({ type: 'postgres', url: test.database.url }).initialize();
    const runner = owner.createQueryRunner();
    await runner.startTransaction();
    try {
      return await work(runner.query.bind(runner) as DataSource['query']);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
      await owner.destroy();
    }
  }

  describe('entities', () => {
    const entities = () => test.get(DataSource).entityMetadatas;

    /** Every difference between what an entity says of its columns and what the migrations made. */
    async function drift(entity: EntityMetadata, query: DataSource['query']): Promise<string[]> {
      const columns: Column[] = await query(
        `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
         FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`,
        [entity.tablePath],
      );
      const stored = new Map(columns.map((column) => [column.name, column]));
      return entity.columns.flatMap((column) => {
        const where = `${entity.name}.${column.propertyName}`;
        const real = stored.get(column.databaseName);
        if (!real) return [`${where}: there is no column ${entity.tablePath}.${column.databaseName}`];
        const type = entity.dataSource.driver.normalizeType(column) + (column.isArray ? '[]' : '');
        return [
          ...(real.type === type ? [] : [`${where}: ${type}, in the database ${real.type}`]),
          ...(real.nullable === column.isNullable
            ? []
            : [`${where}: nullable ${column.isNullable}, in the database ${real.nullable}`]),
        ];
      });
    }
    const allDrift = async (query: DataSource['query']) => {
      const found: string[] = [];
      for (const entity of entities()) found.push(...(await drift(entity, query)));
      return found;
    };

    it('agree with the migrated tables in name, type and nullability of every column', async () => {
      expect(entities().length).toBeGreaterThan(5);
      expect(await allDrift(test.get(DataSource).query.bind(test.get(DataSource)))).toEqual([]);
    });

    it('negative control: a column renamed, one retyped and one made nullable are each found', async () => {
      const found = await asOwner(async (query) => {
        await query('ALTER TABLE identity.account RENAME COLUMN locale TO language');
        await query('ALTER TABLE identity.account ALTER COLUMN version TYPE bigint');
        await query('ALTER TABLE identity.account ALTER COLUMN display_name DROP NOT NULL');
        return allDrift(query);
      });
      expect(found.sort()).toEqual([
        'Account.displayName: nullable false, in the database true',
        'Account.locale: there is no column identity.account.locale',
        'Account.version: integer, in the database bigint',
      ]);
    });
  });

  describe('the types of the tables', () => {
    const file = join(import.meta.dirname, 'schema.generated.ts');

    it('are those of the migrated database (UPDATE_DOCS=1 writes them anew)', async () => {
      const rendered = await renderSchema((statement, parameters) => test.sql(statement, parameters), file);
      if (process.env['UPDATE_DOCS'] === '1') await writeFile(file, rendered);
      expect(await readFile(file, 'utf8')).toBe(rendered);
    });

    it('would change with a column that is renamed, retyped or made nullable, and with a list of values', async () => {
      const changes = [
        'ALTER TABLE identity.account RENAME COLUMN locale TO language',
        'ALTER TABLE identity.account ALTER COLUMN version TYPE bigint',
        'ALTER TABLE identity.account ALTER COLUMN display_name DROP NOT NULL',
        "ALTER TABLE contracts.contract DROP CONSTRAINT contract_state_known, ADD CONSTRAINT contract_state_known CHECK (state IN ('draft', 'torn'))",
      ];
      const written = await readFile(file, 'utf8');
      for (const change of changes) {
        const changed = await asOwner(async (query) => {
          await query(change);
          return renderSchema((statement, parameters) => query(statement, parameters), file);
        });
        expect({ change, same: changed === written }).toEqual({ change, same: false });
      }
    });
  });

  it('names every CHECK, UNIQUE, EXCLUDE and foreign key itself, so that a violation can be told apart', async () => {
    const unnamed = (query: DataSource['query']) =>
      query<{ name: string }[]>(
        `SELECT format('%I.%I.%I', n.nspname, c.relname, con.conname) AS name
         FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE ${OURS} AND con.contype IN ('c', 'u', 'x', 'f')
           AND con.conname ~ '_(check|key|excl|fkey)[0-9]*$' ORDER BY 1`,
      );
    expect(await test.uow.run(() => unnamed(test.uow.manager.query.bind(test.uow.manager)))).toEqual([]);
    const seeded = await asOwner(async (query) => {
      await query(
        'CREATE TABLE platform.seed (n int CHECK (n > 0) UNIQUE REFERENCES platform.calendar_year)',
      );
      return unnamed(query);
    });
    expect(seeded.map(({ name }) => name)).toEqual([
      'platform.seed.seed_n_check',
      'platform.seed.seed_n_fkey',
      'platform.seed.seed_n_key',
    ]);
  });

  describe('the application role', () => {
    const tables = (condition: string) =>
      names(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND ${OURS} AND ${condition} ORDER BY 1`);
    const appendOnly = () =>
      tables(
        `EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE '%_is_append_only')`,
      );

    it('is the role the product works as', async () => {
      expect(await names('SELECT current_user AS name')).toEqual([APP_ROLE]);
      const [role] = await test.sql(
        'SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user',
      );
      expect(Object.values(role ?? {})).toEqual([false, false, false, false]);
    });

    it('may read every table of its own, so none was forgotten in the grants', async () => {
      const unreadable = await tables(`NOT has_table_privilege('${APP_ROLE}', c.oid, 'SELECT')`);
      const schemas = new Set(unreadable.map((table) => table.split('.')[0]));
      expect([...schemas]).toEqual(NOT_FOR_THE_APPLICATION);
    });

    it('owns nothing and creates nothing', async () => {
      expect(await tables(`pg_has_role('${APP_ROLE}', c.relowner, 'MEMBER')`)).toEqual([]);
      const creatable = await names(
        `SELECT n.nspname AS name FROM pg_namespace n WHERE ${OURS}
           AND has_schema_privilege('${APP_ROLE}', n.oid, 'CREATE')`,
      );
      expect(creatable).toEqual([]);
      await expect(test.sql('CREATE SCHEMA mine')).rejects.toMatchObject({ code: '42501' });
      await expect(test.sql('ALTER TABLE platform.task ADD COLUMN mine int')).rejects.toMatchObject({
        code: '42501',
      });
      await expect(test.sql('DROP TABLE platform.task')).rejects.toMatchObject({ code: '42501' });
    });

    it('can only add to append-only tables', async () => {
      const found = await appendOnly();
      expect(found).toEqual(
        expect.arrayContaining(['platform.audit_entry', 'platform.outbox_event', 'budgets.entry']),
      );
      for (const table of found) {
        for (const statement of [
          `UPDATE ${table} SET (${await firstColumn(table)}) = ROW(NULL)`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table}`,
        ]) {
          await expect(test.sql(statement)).rejects.toMatchObject({ code: '42501' });
        }
      }
    });

    it('is not the only guard: a trigger stops the owner, too', async () => {
      for (const table of await appendOnly()) {
        const column = await firstColumn(table);
        for (const statement of [
          `UPDATE ${table} SET ${column} = ${column}`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table} CASCADE`,
        ]) {
          await expect(asOwner((query) => query(statement))).rejects.toMatchObject({ code: '23001' });
        }
      }
    });

    /** A column that an UPDATE may name: not generated, not an identity. */
    const firstColumn = async (table: string) =>
      (
        await names(`SELECT attname AS name FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0
                       AND attidentity = '' AND attgenerated = '' ORDER BY attnum LIMIT 1`)
      )[0] ?? '';
  });
});

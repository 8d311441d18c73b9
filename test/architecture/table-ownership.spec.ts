import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const migrations = join(root, 'src/migrations');
const modules = join(root, 'src/modules');

/** The import rules say who may use whom; SQL must not go where imports may not. */
const rules = (
  createRequire(import.meta.url)(join(root, '.config/dependency-cruiser.cjs')) as {
    forbidden: { name: string; to: { pathNot?: string } }[];
  }
).forbidden;

function mayUse(module: string): string[] {
  const rule = rules.find(({ name }) => name === `${module}-uses-only-what-is-below`);
  return /\((.+)\)/.exec(rule?.to.pathNot ?? '')?.[1]?.split('|') ?? [];
}

/** `schema.table` of every table of a module; the platform's are everybody's, the simulated treasury's are not ours. */
const TABLES = new Set(
  readdirSync(migrations)
    .flatMap((file) => [...readFileSync(join(migrations, file), 'utf8').matchAll(/CREATE TABLE (\w+\.\w+)/g)])
    .map(([, table]) => table ?? '')
    .filter((table) => readdirSync(modules).includes(table.split('.')[0] ?? '')),
);

/** The calls of the query builder that name a table, as the SQL they become. */
const BUILDS: Readonly<Record<string, string>> = {
  selectFrom: 'FROM',
  from: 'FROM',
  ...Object.fromEntries(
    ['inner', 'left', 'right', 'full', 'cross'].flatMap((kind) => [
      [`${kind}Join`, 'JOIN'],
      [`${kind}JoinLateral`, 'JOIN'],
    ]),
  ),
  insertInto: 'INTO',
  updateTable: 'UPDATE',
  mergeInto: 'INTO',
  deleteFrom: 'INTO',
};

/** What SQL in a source does to the tables of modules that it must not touch so. */
function trespasses(module: string, source: string): string[] {
  const found = [
    ...source.matchAll(/\b(FROM|JOIN|INTO|UPDATE|TRUNCATE|USING)\s+(?:ONLY\s+)?(\w+)\.(\w+)/g),
    ...[...source.matchAll(/\.(\w+)\(\s*['"](\w+)\.(\w+)(?= as |['"])/g)].flatMap(
      ([whole, call = '', schema, table]) => {
        const verb = BUILDS[call];
        return verb === undefined ? [] : [[whole, verb, schema, table] as const];
      },
    ),
  ];
  return found.flatMap(([whole, verb = '', schema = '', table = '']) => {
    if (!TABLES.has(`${schema}.${table}`) || schema === module) return [];
    const deletes = verb === 'FROM' && source.includes(`DELETE ${whole}`);
    if (deletes || ['INTO', 'UPDATE', 'TRUNCATE'].includes(verb)) return [`writes ${schema}.${table}`];
    return mayUse(module).includes(schema) ? [] : [`reads ${schema}.${table}`];
  });
}

describe('the tables of a module', () => {
  it('are written by itself alone and read by modules above it only', () => {
    const found = readdirSync(modules, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(modules, join(entry.parentPath, entry.name)))
      .filter((file) => !/spec|test-support|\.given\.ts$/.test(file))
      .flatMap((file) => {
        const [module = ''] = file.split('/');
        return trespasses(module, readFileSync(join(modules, file), 'utf8')).map((what) => `${file} ${what}`);
      });
    expect(found).toEqual([]);
    expect(TABLES.size).toBeGreaterThan(30);
  });

  it('negative control: a write into a lower module and a read of a higher one are found', () => {
    expect(trespasses('contracts', 'UPDATE budgets.entry SET x = 1')).toEqual(['writes budgets.entry']);
    expect(trespasses('contracts', 'DELETE FROM identity.account')).toEqual(['writes identity.account']);
    expect(trespasses('budgets', 'SELECT 1 FROM contracts.contract c')).toEqual(['reads contracts.contract']);
    expect(trespasses('contracts', 'SELECT 1 FROM procurement.award a')).toEqual([]);
    expect(trespasses('contracts', "db.updateTable('budgets.entry as e')")).toEqual(['writes budgets.entry']);
    expect(trespasses('contracts', "db.insertInto('identity.account')")).toEqual(['writes identity.account']);
    expect(trespasses('contracts', "db.deleteFrom('identity.account')")).toEqual(['writes identity.account']);
    expect(trespasses('budgets', "x.leftJoin('contracts.contract as c', 'c.id', 'x.id')")).toEqual([
      'reads contracts.contract',
    ]);
    expect(trespasses('contracts', "db.selectFrom('procurement.award as a')")).toEqual([]);
  });
});

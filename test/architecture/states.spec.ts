import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const REGISTER = 'src/platform/register/register.ts';

/**
 * Whoever gives an object another state: an assignment, a statement that updates a state column (in SQL or built),
 * or a partial update by an entity manager. The state tables are asked by the register alone.
 */
const IN_CODE = [
  /\.(?:state|status|stage)\s*=(?![=>])/,
  /\.set\(\s*\{[^}]*\b(?:state|status|stage)\b\s*[:,}]/,
  /\.update\([^)]*\{[^}]*\b(?:state|status|stage)\b\s*[:,}]/,
];
const IN_SQL = /\bSET\b(?:(?!\b(?:WHERE|FROM|RETURNING)\b)[\s\S])*?\b(?:state|status|stage)\s*=/;

/** Tables that are no object of the business, each with the reason why its state is not a state table's affair. */
const NOT_AN_OBJECT: Readonly<Record<string, string>> = {
  'src/platform/tasks/': 'a task is how work is carried, not what it is about',
  'src/platform/operations/dead-letters.ts': 'a task, see there',
  'src/platform/idempotency/': 'the status of an HTTP answer',
  'src/modules/budgets/treasury/simulated-treasury.ts': 'stands for an outside system',
  'src/modules/procurement/bidding/envelope-store.ts': 'an envelope leaves no trace before the opening',
};

function sources(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .map((entry) => (entry.isFile() ? relative(root, join(entry.parentPath, entry.name)) : ''))
    .filter(
      (path) =>
        path.endsWith('.ts') && !/\.(int-)?spec\.ts$|test-support|\.(given|access-rows)\.ts$/.test(path),
    )
    .filter((path) => !path.startsWith('src/migrations/') && path !== REGISTER)
    .filter((path) => !Object.keys(NOT_AN_OBJECT).some((folder) => path.startsWith(folder)));
}

function setsAState(text: string): boolean {
  const withoutComments = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[^:'"`])\/\/.*$/gm, '');
  const code = withoutComments.replaceAll(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g, "''");
  const statements = withoutComments.match(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g) ?? [];
  return IN_CODE.some((pattern) => pattern.test(code)) || statements.some((sql) => IN_SQL.test(sql));
}

describe('a state', () => {
  it('moves through the register and in no other way', () => {
    expect(sources().filter((path) => setsAState(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it.each([
    "contract.state = contractStates.next(contract.state, 'sign');",
    "organization.status = 'approved';",
    'await uow.sql("UPDATE procurement.bid SET version = version + 1, state = \'won\' WHERE id = $1")',
    "await uow.sql(`UPDATE volunteering.shift s SET taken = 0, state = CASE WHEN true THEN 'cancelled' END`)",
    "db.updateTable('contracts.contract').set({ state: 'draft' })",
    'manager.update(Tender, { id }, { state, version: 3 })',
  ])('would be noticed in %s', (seed) => {
    expect(setsAState(seed)).toBe(true);
  });

  it.each([
    "if (contract.state === 'draft') return;",
    "uow.sql(`SELECT 1 FROM contracts.contract WHERE state = 'draft'`)",
    "uow.sql(`UPDATE contracts.contract SET title = $1 WHERE state = 'draft'`)",
    "uow.sql(`UPDATE a SET title = b.title FROM b WHERE b.state = 'x'`)",
    "list.where('c.state', '=', filter.state)",
    "uow.sql(`INSERT INTO a (id, state) VALUES ($1, 'draft')`)",
  ])('may be read, and given at the beginning: %s', (line) => {
    expect(setsAState(line)).toBe(false);
  });
});

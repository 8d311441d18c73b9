import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const modules = join(import.meta.dirname, '..', '..', 'src', 'modules');

/** A statement handed over as text, which nothing has compared with the schema. */
const UNCHECKED = /\.(?:sql|one)(?:<[^(]*>)?\(\s*['"`$A-Z]/;
/** Columns are named: a table that gains one must not shift what is written. */
const INSERT_WITHOUT_COLUMNS = /INSERT INTO [\w.]+(?: AS \w+)?\s+(?:VALUES|SELECT)\b/;

function sources(): string[] {
  return readdirSync(modules, { recursive: true, withFileTypes: true })
    .map((entry) => (entry.isFile() ? relative(modules, join(entry.parentPath, entry.name)) : ''))
    .filter(
      (path) =>
        path.endsWith('.ts') && !/\.(int-)?spec\.ts$|test-support|\.(given|access-rows)\.ts$/.test(path),
    );
}
const offending = (pattern: RegExp, paths: readonly string[]) =>
  paths.filter((path) => pattern.test(readFileSync(join(modules, path), 'utf8')));

describe('the statements of the modules', () => {
  it('are built against the schema or declared for the test that prepares them', () => {
    expect(offending(UNCHECKED, sources())).toEqual([]);
  });

  it('name the columns of every row that they add', () => {
    expect(offending(INSERT_WITHOUT_COLUMNS, sources())).toEqual([]);
  });

  it.each([
    "this.uow.sql('SELECT 1 FROM a')",
    'await this.uow.one<{ id: string }>(`SELECT id FROM a`)',
    'this.uow.sql<Row>(\n      `SELECT',
    'this.uow.sql(WRITE_POSTINGS, parameters)',
  ])('would notice %s', (seed) => {
    expect(UNCHECKED.test(seed)).toBe(true);
  });

  it.each(['INSERT INTO a.b VALUES ($1)', 'INSERT INTO a.b SELECT * FROM c'])('would notice %s', (seed) => {
    expect(INSERT_WITHOUT_COLUMNS.test(seed)).toBe(true);
  });
});

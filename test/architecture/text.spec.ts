import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');

/** What makes other characters of a text: ² becomes 2. Full-width forms are folded by `toHalfWidth`. */
const FOLDS = /\bNFK[CD]\b/;

/** Files that may, each with its reason. A file that no longer does must leave the list. */
const MAY_FOLD: Readonly<Record<string, string>> = {
  'libs/kernel/half-width.ts': 'it tells whether a text has such characters, and changes none',
  'libs/evaluation/criteria/lint-criteria.ts': 'words are found in it, nothing is made of it',
};

function sources(): string[] {
  return ['src', 'libs']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) =>
        entry.isFile() ? relative(root, join(entry.parentPath, entry.name)) : '',
      ),
    )
    .filter((path) => path.endsWith('.ts') && !/\.(int-)?spec\.ts$|test-support/.test(path));
}

/** Comments may speak of it. */
function codeOf(path: string): string {
  return readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[^:'"`])\/\/.*$/gm, '');
}

/** class-validator takes an emoji of two characters for one: a field that passes would be refused by the database. */
const FOREIGN_LENGTH = /import \{[^}]*\b(?:Min|Max)?Length\b[^}]*\} from 'class-validator'/;

describe('text', () => {
  it('is measured by the rules of #platform, which count as the database does', () => {
    expect(FOREIGN_LENGTH.test("import {\n  IsIn,\n  Length,\n} from 'class-validator'")).toBe(true);
    expect(sources().filter((path) => FOREIGN_LENGTH.test(codeOf(path)))).toEqual([]);
  });

  it('is not folded into other characters where it becomes a number, a date, an identifier or a key', () => {
    const folding = sources().filter((path) => FOLDS.test(codeOf(path)));
    expect(folding.sort()).toEqual(Object.keys(MAY_FOLD).sort());
  });
});

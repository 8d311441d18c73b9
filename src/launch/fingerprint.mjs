import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ path: string, size: number, mtimeMs: number }} FoundFile path relative to the root, with `/`
 */

/**
 * All files below some paths, in a stable order.
 *
 * @param {string} root
 * @param {string[]} paths files or folders, relative to the root; absent ones are passed over
 * @param {(path: string) => boolean} isWanted
 * @returns {FoundFile[]}
 */
export function listFiles(root, paths, isWanted) {
  /** @type {FoundFile[]} */
  const found = [];
  /** @param {string} path */
  const visit = (path) => {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined || !isWanted(path)) return;
    if (stat.isDirectory()) {
      for (const entry of readdirSync(join(root, path))) visit(`${path}/${entry}`);
    } else if (stat.isFile()) {
      found.push({ path, size: stat.size, mtimeMs: stat.mtimeMs });
    }
  };
  for (const path of paths) visit(path);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Cheap, and changes whenever a file was touched; a fresh checkout changes it too.
 *
 * @param {FoundFile[]} files
 */
export function hashOfTimes(files) {
  const hash = createHash('sha256');
  for (const { path, size, mtimeMs } of files) hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  return hash.digest('hex');
}

/**
 * Changes only when a name or a byte changed.
 *
 * @param {string} root @param {FoundFile[]} files
 */
export function hashOfContents(root, files) {
  const hash = createHash('sha256');
  for (const { path } of files) {
    hash.update(`${path}\0`);
    hash.update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** The folder that holds the public data sets in `data/`; it lies beside the repository, never in it. */
export const sharedFolder = resolve(root, process.env['LINQIAO_SHARED'] ?? '../shared');

/** The path of one public data set, by its path below `data/`; whether it is there is another question. */
export function sharedData(path: string): string {
  return resolve(sharedFolder, 'data', path);
}

/**
 * Whether all of these data sets are there. Use it so that absence shows in the report:
 *
 * ```ts
 * const present = hasSharedData('grid-teams');
 * (present ? it : it.skip)('reads the real file', …);
 * ```
 */
export function hasSharedData(...paths: string[]): boolean {
  return (paths.length === 0 ? [''] : paths).every((path) => existsSync(sharedData(path)));
}

/** Notices releases that a file holds twice. */
import type { Release } from '../standard/package-types.js';

/** Longer ids are not remembered: no publisher has them, and they would fill the memory. */
const MAX_ID_LENGTH = 500;

/**
 * Remembers ocid and id of each release up to a limit, beyond which memory counts for more than the remark:
 * later repetitions go unnoticed, and {@link SeenReleases.full} says so.
 */
export class SeenReleases {
  private readonly keys = new Set<string>();

  constructor(private readonly limit: number) {}

  get full(): boolean {
    return this.keys.size >= this.limit;
  }

  repeats(release: Release): boolean {
    if (release.ocid.length + release.id.length > MAX_ID_LENGTH) return false;
    const key = JSON.stringify([release.ocid, release.id]);
    if (this.keys.has(key)) return true;
    if (!this.full) this.keys.add(key);
    return false;
  }
}

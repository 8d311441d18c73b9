/** A record: all releases of one contracting process, its present state and its history. */
import type { OcdsRecord, Release } from '../standard/package-types.js';
import { compileReleases } from './compile.js';
import { inDateOrder } from './release-order.js';
import { versionReleases } from './version.js';

export interface RecordOptions {
  /** Add the history of every field. Default true. */
  readonly versioned?: boolean;
}

/**
 * Builds the record of one contracting process, its releases from oldest to newest.
 * @throws DomainError as {@link compileReleases} and {@link versionReleases}
 */
export function buildRecord(releases: readonly Release[], options: RecordOptions = {}): OcdsRecord {
  const ordered = inDateOrder(releases);
  return {
    ocid: ordered.latest.ocid,
    releases: [...ordered.releases],
    compiledRelease: compileReleases(releases),
    ...(options.versioned === false ? {} : { versionedRelease: versionReleases(releases) }),
  };
}

/** What the schema does not see: dangling references, duplicate ids, sums, the order of dates, currencies. */
import { RELEASE_WITH_BIDS } from '../standard/bids-rules.js';
import type { Release } from '../standard/package-types.js';
import { checkConsistency, consistencyVisitor } from './consistency.js';
import { FindingList, type Finding } from './finding.js';
import type { JsonObject } from './json-value.js';
import { checkReferences, referenceVisitor } from './references.js';
import { bothVisitors, walkObject } from './walk.js';

export interface CheckOptions {
  /** The release states the whole process. Default: true for a compiled release. */
  readonly complete?: boolean;
  /** Findings listed per release. Default 200. */
  readonly maxFindings?: number;
}

/**
 * Checks a release that the schema accepts. Never refuses it: real publishers' releases have such findings by the
 * dozen, and it is for the reader to decide.
 */
export function checkRelease(release: Release, options: CheckOptions = {}): readonly Finding[] {
  const found = new FindingList(options.maxFindings ?? 200);
  const currencies = new Set<string>();
  const tree = release as unknown as JsonObject;
  const visitor = bothVisitors(referenceVisitor(release, found), consistencyVisitor(currencies, found));
  walkObject(RELEASE_WITH_BIDS, tree, visitor);
  checkReferences(release, options.complete ?? release.tag.includes('compiled'), found);
  checkConsistency(release, currencies, found);
  return found.findings;
}

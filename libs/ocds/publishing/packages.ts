/** Wraps releases and records for publication. */
import { ocdsErrors } from '../errors.js';
import { copyJson } from '../quality/json-value.js';
import type { Problem } from '../quality/problem.js';
import { validateAgainst, validateRelease } from '../quality/validate.js';
import { BIDS_EXTENSION } from '../standard/bids-rules.js';
import { RECORD_PACKAGE, RELEASE_PACKAGE } from '../standard/package-rules.js';
import type {
  OcdsRecord,
  PackageMetadata,
  RecordPackage,
  Release,
  ReleasePackage,
} from '../standard/package-types.js';
import { OCDS_VERSION } from '../standard/release-rules.js';

/** What the publisher states; version and extensions follow from the content. */
export type PackageHeading = Omit<PackageMetadata, 'version' | 'extensions'>;

/** The extensions that these releases use, each by the URL of the version that we follow. */
function extensionsOf(releases: readonly Release[]): { extensions?: string[] } {
  const usesBids = releases.some(
    ({ bids, awards, contracts }) =>
      bids !== undefined ||
      awards?.some((award) => 'relatedBid' in award || 'relatedBids' in award) === true ||
      contracts?.some((contract) => 'relatedBids' in contract) === true,
  );
  return usesBids ? { extensions: [BIDS_EXTENSION.url] } : {};
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const listed = problems
    .slice(0, 5)
    .map(({ pointer, code, message }) => `${pointer || '/'} ${code} (${message})`);
  throw ocdsErrors.invalidPackage({ problems: listed.join('; ') });
}

const within = (at: string, release: Release): Problem[] =>
  validateRelease(release, { bids: true }).problems.map((problem) => ({
    ...problem,
    pointer: at + problem.pointer,
  }));

/** @throws DomainError `ocds.invalid-package` when the package or one of its releases breaks the standard */
export function packReleases(heading: PackageHeading, releases: readonly Release[]): ReleasePackage {
  const pack: ReleasePackage = copyJson({
    ...heading,
    version: OCDS_VERSION,
    ...extensionsOf(releases),
    releases: [...releases],
  });
  const ofReleases = pack.releases.flatMap((release, index) => within(`/releases/${index}`, release));
  refuse([...validateAgainst(RELEASE_PACKAGE, pack).problems, ...ofReleases]);
  return pack;
}

/**
 * @param packages the URLs of the release packages that the records were made from
 * @throws DomainError `ocds.invalid-package` when the package or a release in it breaks the standard
 */
export function packRecords(
  heading: PackageHeading,
  records: readonly OcdsRecord[],
  packages: readonly string[] = [],
): RecordPackage {
  const pack: RecordPackage = copyJson({
    ...heading,
    version: OCDS_VERSION,
    ...extensionsOf(records.flatMap(({ releases }) => releases)),
    ...(packages.length > 0 ? { packages: [...packages] } : {}),
    records: [...records],
  });
  const ofReleases = pack.records.flatMap(({ releases, compiledRelease }, record) => [
    ...releases.flatMap((release, index) => within(`/records/${record}/releases/${index}`, release)),
    ...(compiledRelease ? within(`/records/${record}/compiledRelease`, compiledRelease) : []),
  ]);
  refuse([...validateAgainst(RECORD_PACKAGE, pack).problems, ...ofReleases]);
  return pack;
}

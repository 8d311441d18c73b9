/** Open Contracting Data Standard 1.1: build, merge, validate, check and read releases. See README.md. */
export * from './standard/types.js';
export * from './standard/bids-types.js';
export * from './standard/package-types.js';
export { BIDS_EXTENSION } from './standard/bids-rules.js';
export { CODELISTS, type Codelist, type CodelistName } from './standard/codelists.js';
export { OCDS_VERSION } from './standard/release-rules.js';
export { isOcdsError } from './errors.js';

export { moneyFromValue, valueFromMoney } from './publishing/amounts.js';
export { ocidOf, partyId } from './publishing/identifiers.js';
export { packRecords, packReleases, type PackageHeading } from './publishing/packages.js';
export {
  ReleaseBuilder,
  type PartyDetails,
  type PartyRole,
  type ReleaseHeading,
  type ReleaseSections,
  type ReleaseTag,
} from './publishing/release-builder.js';

export { compileReleases } from './merging/compile.js';
export { buildRecord, type RecordOptions } from './merging/record.js';
export { versionReleases } from './merging/version.js';

export { checkRelease, type CheckOptions } from './quality/check-release.js';
export { FINDING_CODES, type Finding, type FindingCode, type Severity } from './quality/finding.js';
export type { Problem, ProblemCode } from './quality/problem.js';
export { compileReleaseSchema, type ReleaseCheck } from './quality/schema-file.js';
export { validateRelease, type ValidationOptions, type ValidationResult } from './quality/validate.js';

export {
  DEFAULT_LIMITS,
  readReleases,
  type AcceptedRelease,
  type FileProblem,
  type PackageRead,
  type QuarantinedRelease,
  type ReadEvent,
  type ReadLimits,
  type ReadOptions,
  type ReleasePosition,
} from './reading/read-releases.js';

export { OCDS_CHECK_USAGE, ocdsCheckCommand, type CommandOutput } from './cli.js';

/** Release, release package, record and record package, as published in files. */
import type { Bids } from './bids-types.js';
import type { Award, Code, Contract, Instant, ReleaseFields } from './types.js';

/** What the bids extension adds to an award. */
export interface AwardBids {
  /** The only reference that version v1.1.5 of the extension knows; later drafts prefer `relatedBids`. */
  relatedBid?: string | null;
  relatedBids?: string[] | null;
}

/** What the bids extension adds to a contract. */
export interface ContractBids {
  relatedBids?: string[] | null;
}

/** A release, with the bids extension's additions. */
export interface Release extends Omit<ReleaseFields, 'awards' | 'contracts'> {
  awards?: (Award & AwardBids)[];
  contracts?: (Contract & ContractBids)[];
  bids?: Bids;
}

export interface Publisher {
  name: string;
  scheme?: string | null;
  uid?: string | null;
  uri?: string | null;
}

export interface PackageMetadata {
  uri: string;
  version: string;
  publishedDate: Instant;
  publisher: Publisher;
  extensions?: string[];
  license?: string | null;
  publicationPolicy?: string | null;
}

export interface ReleasePackage extends PackageMetadata {
  releases: Release[];
}

/** One field's value as one release stated it. */
export interface VersionedValue {
  releaseID: string;
  releaseDate: Instant;
  releaseTag: Code[];
  value: unknown;
}

/** The history of every field; same tree as a release with each leaf a list of {@link VersionedValue}. */
export type VersionedRelease = { ocid: string } & Record<string, unknown>;

export interface OcdsRecord {
  ocid: string;
  releases: Release[];
  compiledRelease?: Release;
  versionedRelease?: VersionedRelease;
}

export interface RecordPackage extends PackageMetadata {
  records: OcdsRecord[];
  packages?: string[];
}

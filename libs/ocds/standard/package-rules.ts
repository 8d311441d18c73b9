/** Rules of release packages and record packages: what stands around the releases. */
import type { PackageMetadata, Publisher, RecordPackage, ReleasePackage } from './package-types.js';
import { RELEASE } from './release-rules.js';
import { list, one, requiredText, shape, text, uri, type FieldRule, type ObjectRule } from './rule-types.js';

export const PUBLISHER = shape<Publisher>(
  'Publisher',
  { name: requiredText(), scheme: text(), uid: text(), uri: uri() },
  { required: ['name'] },
);

const uris = (extra: Partial<FieldRule> = {}): FieldRule => ({
  types: ['array'],
  items: requiredText({ format: 'uri' }),
  ...extra,
});

type FieldsOf<T> = { readonly [K in keyof T]-?: FieldRule };
const METADATA: FieldsOf<PackageMetadata> = {
  uri: requiredText({ format: 'uri' }),
  version: requiredText({ format: 'version' }),
  publishedDate: requiredText({ format: 'date-time' }),
  publisher: one(() => PUBLISHER),
  extensions: uris(),
  license: uri(),
  publicationPolicy: uri(),
};
const REQUIRED = ['uri', 'publisher', 'publishedDate', 'version'] as const;

/** The metadata of either package; the releases and records are checked one by one while reading. */
export const PACKAGE_METADATA = shape<PackageMetadata & { packages?: string[] }>(
  'Package',
  { ...METADATA, packages: uris({ minItems: 1, uniqueItems: true }) },
  { required: REQUIRED },
);

export const RELEASE_PACKAGE = shape<ReleasePackage>(
  'ReleasePackage',
  { ...METADATA, releases: list((): ObjectRule => RELEASE, { uniqueItems: true, minItems: 1 }) },
  { required: [...REQUIRED, 'releases'] },
);

/** Without the records' own contents, which {@link RELEASE} judges. */
export const RECORD_PACKAGE = shape<RecordPackage>(
  'RecordPackage',
  {
    ...METADATA,
    packages: uris({ minItems: 1, uniqueItems: true }),
    records: { types: ['array'], items: { types: ['object'] }, uniqueItems: true, minItems: 1 },
  },
  { required: [...REQUIRED, 'records'] },
);

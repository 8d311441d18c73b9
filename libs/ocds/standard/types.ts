/**
 * Open Contracting Data Standard 1.1: the release and its parts as TypeScript types.
 *
 * Field names, nullability and structure are facts of the standard (OCDS 1.1.5); the rule tables in
 * `release-rules.ts` are checked by the compiler to list exactly these fields. A field that the standard
 * allows to be `null` says so: in an update release `null` removes the value (see merging).
 * Instants are RFC 3339 strings with a time zone; amounts are in the currency's main unit (yuan, not fen).
 */

type Text = string | null;
/** Fields in other languages, `<field>_<language tag>` as in `title_en`. */
type Translations<Field extends string> = Partial<Record<`${Field}_${string}`, Text>>;
/** An identifier inside a release: published as text or as a whole number. */
export type LocalId = string | number;
/** An RFC 3339 instant. */
export type Instant = string;
export type Code = string;

export interface Value {
  amount?: number | null;
  /** ISO 4217 code, from the closed list in `currency-codes.ts`. */
  currency?: Code | null;
}

export interface Period {
  startDate?: Instant | null;
  endDate?: Instant | null;
  maxExtentDate?: Instant | null;
  durationInDays?: number | null;
}

export interface Identifier extends Translations<'legalName'> {
  scheme?: Text;
  id?: LocalId | null;
  legalName?: Text;
  uri?: Text;
}

export interface Address extends Translations<'countryName'> {
  streetAddress?: Text;
  locality?: Text;
  region?: Text;
  postalCode?: Text;
  countryName?: Text;
}

export interface ContactPoint extends Translations<'name'> {
  name?: Text;
  email?: Text;
  telephone?: Text;
  faxNumber?: Text;
  url?: Text;
}

/** A participant, listed once under `parties` and pointed to from everywhere else. */
export interface Organization extends Translations<'name'> {
  name?: Text;
  id?: string;
  identifier?: Identifier;
  additionalIdentifiers?: Identifier[];
  address?: Address;
  contactPoint?: ContactPoint;
  roles?: Code[] | null;
  details?: Record<string, unknown> | null;
}

export interface OrganizationReference {
  name?: Text;
  id?: LocalId;
  /** Deprecated since 1.1, belongs in `parties` */
  identifier?: Identifier;
  /** Deprecated since 1.1, belongs in `parties` */
  address?: Address;
  /** Deprecated since 1.1, belongs in `parties` */
  additionalIdentifiers?: Identifier[];
  /** Deprecated since 1.1, belongs in `parties` */
  contactPoint?: ContactPoint;
}

export interface Classification extends Translations<'description'> {
  scheme?: Code | null;
  id?: LocalId | null;
  description?: Text;
  uri?: Text;
}

export interface Unit extends Translations<'name'> {
  scheme?: Code | null;
  id?: Text;
  name?: Text;
  value?: Value;
  uri?: Text;
}

export interface Item extends Translations<'description'> {
  id: LocalId;
  description?: Text;
  classification?: Classification;
  additionalClassifications?: Classification[];
  quantity?: number | null;
  unit?: Unit;
}

export interface OcdsDocument extends Translations<'title' | 'description'> {
  id: LocalId;
  documentType?: Code | null;
  title?: Text;
  description?: Text;
  url?: Text;
  datePublished?: Instant | null;
  dateModified?: Instant | null;
  format?: Text;
  language?: Text;
}

export interface Milestone extends Translations<'title' | 'description'> {
  id: LocalId;
  title?: Text;
  type?: Code | null;
  description?: Text;
  code?: Text;
  dueDate?: Instant | null;
  dateMet?: Instant | null;
  dateModified?: Instant | null;
  status?: Code | null;
  /** Deprecated since 1.1 */
  documents?: OcdsDocument[];
}

export interface AmendmentChange {
  property?: string;
  former_value?: unknown;
}

export interface Amendment extends Translations<'rationale'> {
  date?: Instant | null;
  rationale?: Text;
  id?: Text;
  description?: Text;
  amendsReleaseID?: Text;
  releaseID?: Text;
  /** Deprecated since 1.1: publish a release before and one after the amendment */
  changes?: AmendmentChange[];
}

export interface Budget extends Translations<'source' | 'description' | 'project'> {
  id?: LocalId | null;
  description?: Text;
  amount?: Value;
  project?: Text;
  projectID?: LocalId | null;
  uri?: Text;
  /** Deprecated since 1.1 */
  source?: Text;
}

export interface Planning extends Translations<'rationale'> {
  rationale?: Text;
  budget?: Budget;
  documents?: OcdsDocument[];
  milestones?: Milestone[];
}

export interface Tender extends Translations<
  | 'title'
  | 'description'
  | 'procurementMethodRationale'
  | 'awardCriteriaDetails'
  | 'submissionMethodDetails'
  | 'eligibilityCriteria'
> {
  id: LocalId;
  title?: Text;
  description?: Text;
  status?: Code | null;
  procuringEntity?: OrganizationReference;
  items?: Item[];
  value?: Value;
  minValue?: Value;
  procurementMethod?: Code | null;
  procurementMethodDetails?: Text;
  procurementMethodRationale?: Text;
  mainProcurementCategory?: Code | null;
  additionalProcurementCategories?: Code[] | null;
  awardCriteria?: Code | null;
  awardCriteriaDetails?: Text;
  submissionMethod?: Code[] | null;
  submissionMethodDetails?: Text;
  tenderPeriod?: Period;
  enquiryPeriod?: Period;
  hasEnquiries?: boolean | null;
  eligibilityCriteria?: Text;
  awardPeriod?: Period;
  contractPeriod?: Period;
  numberOfTenderers?: number | null;
  tenderers?: OrganizationReference[];
  documents?: OcdsDocument[];
  milestones?: Milestone[];
  amendments?: Amendment[];
  /** Deprecated since 1.1, use `amendments` */
  amendment?: Amendment;
}

export interface Award extends Translations<'title' | 'description'> {
  id: LocalId;
  title?: Text;
  description?: Text;
  status?: Code | null;
  date?: Instant | null;
  value?: Value;
  suppliers?: OrganizationReference[];
  items?: Item[];
  contractPeriod?: Period;
  documents?: OcdsDocument[];
  amendments?: Amendment[];
  /** Deprecated since 1.1, use `amendments` */
  amendment?: Amendment;
}

export interface Transaction {
  id: LocalId;
  source?: Text;
  date?: Instant | null;
  value?: Value;
  payer?: OrganizationReference;
  payee?: OrganizationReference;
  uri?: Text;
  /** Deprecated since 1.1, use `value` */
  amount?: Value;
  /** Deprecated since 1.1, use `payer` */
  providerOrganization?: Identifier;
  /** Deprecated since 1.1, use `payee` */
  receiverOrganization?: Identifier;
}

export interface Implementation {
  transactions?: Transaction[];
  milestones?: Milestone[];
  documents?: OcdsDocument[];
}

export interface RelatedProcess {
  id?: string;
  relationship?: Code[] | null;
  title?: Text;
  scheme?: Code | null;
  identifier?: Text;
  uri?: Text;
}

export interface Contract extends Translations<'title' | 'description'> {
  id: LocalId;
  awardID: LocalId;
  title?: Text;
  description?: Text;
  status?: Code | null;
  period?: Period;
  value?: Value;
  items?: Item[];
  dateSigned?: Instant | null;
  documents?: OcdsDocument[];
  implementation?: Implementation;
  relatedProcesses?: RelatedProcess[];
  milestones?: Milestone[];
  amendments?: Amendment[];
  /** Deprecated since 1.1, use `amendments` */
  amendment?: Amendment;
}

export interface ReleaseFields {
  ocid: string;
  /** Unique within the ocid; must not contain `#`. */
  id: string;
  date: Instant;
  tag: Code[];
  initiationType: Code;
  parties?: Organization[];
  buyer?: OrganizationReference;
  planning?: Planning;
  tender?: Tender;
  awards?: Award[];
  contracts?: Contract[];
  language?: Text;
  relatedProcesses?: RelatedProcess[];
}

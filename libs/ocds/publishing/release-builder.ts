/** Builds a release of our own: parties entered once, references by id, checked before it leaves. */
import { ocdsErrors } from '../errors.js';
import { checkRelease } from '../quality/check-release.js';
import { copyJson, type JsonObject } from '../quality/json-value.js';
import type { Problem } from '../quality/problem.js';
import { validateRelease } from '../quality/validate.js';
import { walkObject } from '../quality/walk.js';
import {
  BIDS_EXTENSION,
  BIDS_FIELDS_AFTER_PINNED_VERSION,
  RELEASE_WITH_BIDS,
} from '../standard/bids-rules.js';
import type { Release } from '../standard/package-types.js';
import type { Instant, Organization, OrganizationReference } from '../standard/types.js';
import { ocidOf } from './identifiers.js';

/** The codes of the closed list `releaseTag`, without `compiled`, which merging sets. */
export type ReleaseTag =
  | 'planning'
  | 'planningUpdate'
  | 'tender'
  | 'tenderAmendment'
  | 'tenderUpdate'
  | 'tenderCancellation'
  | 'award'
  | 'awardUpdate'
  | 'awardCancellation'
  | 'contract'
  | 'contractUpdate'
  | 'contractAmendment'
  | 'implementation'
  | 'implementationUpdate'
  | 'contractTermination';

export type PartyRole =
  | 'buyer'
  | 'procuringEntity'
  | 'supplier'
  | 'tenderer'
  | 'funder'
  | 'enquirer'
  | 'payer'
  | 'payee'
  | 'reviewBody'
  | 'interestedParty';

export interface ReleaseHeading {
  /** The publisher's prefix, `ocds-` and six letters or digits, as registered with the standard. */
  readonly ocidPrefix: string;
  /** The number of the contracting process, for instance the tender's. */
  readonly processId: string;
  /** What happened, in the publisher's own numbering: the same event always gives the same release id. */
  readonly eventId: string;
  readonly date: Instant;
  readonly tag: readonly [ReleaseTag, ...ReleaseTag[]];
  /** Default `zh`. */
  readonly language?: string;
}

export type ReleaseSections = Partial<
  Pick<Release, 'buyer' | 'planning' | 'tender' | 'bids' | 'awards' | 'contracts' | 'relatedProcesses'>
>;

export type PartyDetails = Omit<Organization, 'id' | 'name' | 'roles'> & {
  readonly id: string;
  readonly name: string;
};

/** Fields that the version of the bids extension which our packages cite does not describe. */
function tooNewForPinnedExtension(release: Release): Problem[] {
  const problems: Problem[] = [];
  walkObject(RELEASE_WITH_BIDS, release as unknown as JsonObject, {
    object(rule, value, pointer) {
      for (const field of BIDS_FIELDS_AFTER_PINNED_VERSION[rule.name] ?? []) {
        if (!Object.hasOwn(value, field)) continue;
        const message = `is not a field of the bids extension ${BIDS_EXTENSION.version}`;
        problems.push({ pointer: `${pointer}/${field}`, code: 'newer-than-extension', message });
      }
    },
  });
  return problems;
}

const listed = (problems: readonly Problem[]): string =>
  problems
    .slice(0, 5)
    .map(({ pointer, code, message }) => `${pointer || '/'} ${code} (${message})`)
    .join('; ');

export class ReleaseBuilder {
  private readonly ocid: string;
  private readonly parties = new Map<string, Organization & { name: string; roles: string[] }>();
  private sections: ReleaseSections = {};

  /** @throws DomainError `ocds.bad-ocid-prefix`, `ocds.bad-process-id` */
  constructor(private readonly heading: ReleaseHeading) {
    this.ocid = ocidOf(heading.ocidPrefix, heading.processId);
    ocidOf(heading.ocidPrefix, heading.eventId);
  }

  /**
   * Enters an organization, or adds roles to one that is entered.
   * @returns the reference by which every other section names it
   * @throws DomainError `ocds.conflicting-party` when the id was entered under another name
   */
  party(details: PartyDetails, ...roles: PartyRole[]): OrganizationReference {
    const known = this.parties.get(details.id);
    if (known && known.name !== details.name) {
      throw ocdsErrors.conflictingParty({ id: details.id, names: `${known.name}, ${details.name}` });
    }
    const all = new Set([...(known?.roles ?? []), ...roles]);
    this.parties.set(details.id, { ...known, ...details, roles: [...all] });
    return { id: details.id, name: details.name };
  }

  /**
   * The reference to an organization that is entered, with further roles.
   * @throws DomainError `ocds.unknown-party`
   */
  reference(id: string, ...roles: PartyRole[]): OrganizationReference {
    const known = this.parties.get(id);
    if (!known) throw ocdsErrors.unknownParty({ id });
    known.roles = [...new Set([...known.roles, ...roles])];
    return { id, name: known.name };
  }

  /** Sets sections; a section that is set again is replaced. */
  with(sections: ReleaseSections): this {
    this.sections = { ...this.sections, ...sections };
    return this;
  }

  /**
   * The release, which shares nothing with what it was built from.
   * @throws DomainError `ocds.invalid-release` when it breaks the standard or contradicts itself
   */
  build(): Release {
    const { date, tag, language = 'zh', eventId } = this.heading;
    const parties = [...this.parties.values()].map((party) => ({ ...party, roles: [...party.roles].sort() }));
    const release: Release = copyJson({
      ocid: this.ocid,
      id: `${this.ocid}-${eventId}`,
      date,
      tag: [...tag],
      initiationType: 'tender',
      language,
      ...(parties.length > 0 ? { parties } : {}),
      ...this.sections,
    });
    const { problems } = validateRelease(release, { bids: true });
    const contradictions =
      problems.length > 0 ? [] : checkRelease(release).filter(({ severity }) => severity === 'contradiction');
    const all = [...problems, ...contradictions, ...tooNewForPinnedExtension(release)];
    if (all.length > 0) throw ocdsErrors.invalidRelease({ id: release.id, problems: listed(all) });
    return release;
  }
}

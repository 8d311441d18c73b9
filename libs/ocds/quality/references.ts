/** Checks that what a release points to is there, once, and called the same. */
import { isWholeList, matchKey } from '../merging/merge-rules.js';
import { CODELISTS } from '../standard/codelists.js';
import type { Release } from '../standard/package-types.js';
import { ORGANIZATION_REFERENCE } from '../standard/part-rules.js';
import type { LocalId, OrganizationReference } from '../standard/types.js';
import type { FindingList } from './finding.js';
import { isObject } from './json-value.js';
import type { Visitor } from './walk.js';

const OCID = /^ocds-[a-z0-9]{6}-\S+$/;

/** Ids are compared as text: the standard allows both `7` and `"7"`. */
const keyOf = (id: LocalId | null | undefined): string | undefined =>
  id === undefined || id === null ? undefined : String(id);

const keysOf = (elements: readonly { id?: LocalId }[] | undefined): ReadonlySet<string | undefined> =>
  new Set(elements?.map(({ id }) => keyOf(id)));

/** Duplicate ids, references without an id or to nobody, and codes outside open lists: wherever they stand. */
export function referenceVisitor(release: Release, found: FindingList): Visitor {
  const parties = keysOf(release.parties);
  return {
    list(rule, value, pointer) {
      if (isWholeList(rule, value)) return;
      const seen = new Set<string>();
      for (const [index, element] of value.entries()) {
        const key = isObject(element) ? matchKey(element) : undefined;
        if (key === undefined) continue;
        if (seen.has(key))
          found.add(`${pointer}/${index}/id`, 'duplicate-id', `id ${key} is used twice in this list`);
        seen.add(key);
      }
    },
    object(rule, value, pointer) {
      if (rule !== ORGANIZATION_REFERENCE) return;
      const key = matchKey(value);
      if (key === undefined) {
        found.add(pointer, 'reference-without-id', 'names an organization without its id');
      } else if (!parties.has(key)) {
        found.add(`${pointer}/id`, 'dangling-party', `no party has the id ${key}`);
      }
    },
    text(rule, value, pointer) {
      const list = rule.codelist && CODELISTS[rule.codelist];
      if (list && !list.closed && !list.codes.has(value)) {
        found.add(
          pointer,
          'unlisted-code',
          `${value} is not among the codes of the open list ${rule.codelist ?? ''}`,
        );
      }
    },
  };
}

function checkRoles(release: Release, found: FindingList): void {
  const rolesOf = new Map(release.parties?.map((party) => [keyOf(party.id), party.roles ?? []]));
  const expect = (
    role: string,
    pointer: string,
    references: readonly (OrganizationReference | undefined)[],
  ): void => {
    for (const [index, reference] of references.entries()) {
      const roles = rolesOf.get(keyOf(reference?.id));
      if (!reference || !roles || roles.includes(role)) continue;
      found.add(
        pointer.replace('*', String(index)),
        'party-lacks-role',
        `this party is not listed as ${role}`,
      );
    }
  };
  expect('buyer', '/buyer', [release.buyer]);
  expect('procuringEntity', '/tender/procuringEntity', [release.tender?.procuringEntity]);
  expect('tenderer', '/tender/tenderers/*', release.tender?.tenderers ?? []);
  for (const [index, award] of release.awards?.entries() ?? []) {
    expect('supplier', `/awards/${index}/suppliers/*`, award.suppliers ?? []);
  }
}

function checkBidReferences(release: Release, found: FindingList): void {
  const bids = keysOf(release.bids?.details);
  const expect = (pointer: string, references: readonly string[]): void => {
    for (const [index, bid] of references.entries()) {
      if (!bids.has(bid))
        found.add(pointer.replace('*', String(index)), 'dangling-bid', `there is no bid ${bid}`);
    }
  };
  if (!release.bids?.details) return;
  for (const [index, award] of release.awards?.entries() ?? []) {
    expect(`/awards/${index}/relatedBids/*`, award.relatedBids ?? []);
    expect(`/awards/${index}/relatedBid`, award.relatedBid ? [award.relatedBid] : []);
  }
  for (const [index, contract] of release.contracts?.entries() ?? []) {
    expect(`/contracts/${index}/relatedBids/*`, contract.relatedBids ?? []);
  }
}

/**
 * Checks the references between the sections of a release.
 * @param complete the release states the whole process (a compiled release). An update release may leave out the
 *   awards that its contracts refer to, so there a missing list of awards is no contradiction.
 */
export function checkReferences(release: Release, complete: boolean, found: FindingList): void {
  if (!OCID.test(release.ocid)) {
    found.add(
      '/ocid',
      'bad-ocid',
      'an ocid is ocds-, six letters or digits, a hyphen and the id of the process',
    );
  }
  if (release.id.includes('#')) found.add('/id', 'bad-release-id', 'a release id must not contain #');
  const awards = keysOf(release.awards);
  for (const [index, contract] of release.contracts?.entries() ?? []) {
    const award = keyOf(contract.awardID);
    if ((complete || release.awards) && !awards.has(award)) {
      found.add(`/contracts/${index}/awardID`, 'dangling-award', `there is no award ${award ?? ''}`);
    }
  }
  checkRoles(release, found);
  checkBidReferences(release, found);
}

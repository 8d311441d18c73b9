/** The order in which releases are merged. */
import { ocdsErrors } from '../errors.js';
import { instantNs } from '../standard/formats.js';
import type { Release } from '../standard/package-types.js';

export interface OrderedReleases {
  /** From oldest to newest. */
  readonly releases: readonly Release[];
  readonly latest: Release;
}

/**
 * Orders the releases of one process by the moment they state, whatever their time zones.
 * Two releases of the same moment are refused: which of them holds would be a guess.
 * @throws DomainError `ocds.no-releases`, `ocds.different-ocids`, `ocds.missing-date`, `ocds.same-date`
 */
export function inDateOrder(releases: readonly Release[]): OrderedReleases {
  const dated = releases.map((release) => {
    const moment = instantNs(release.date);
    if (moment === undefined) throw ocdsErrors.missingDate({ id: release.id });
    return { release, moment };
  });
  const ocids = [...new Set(releases.map(({ ocid }) => ocid))];
  if (ocids.length > 1) throw ocdsErrors.differentOcids({ ocids: ocids.join(', ') });
  dated.sort((a, b) => (a.moment < b.moment ? -1 : a.moment > b.moment ? 1 : 0));
  for (const [position, { release, moment }] of dated.entries()) {
    const next = dated[position + 1];
    if (next?.moment === moment) {
      throw ocdsErrors.sameDate({ ids: `${release.id}, ${next.release.id}` });
    }
  }
  const latest = dated.at(-1)?.release;
  if (!latest) throw ocdsErrors.noReleases();
  return { releases: dated.map(({ release }) => release), latest };
}

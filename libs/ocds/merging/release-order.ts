/** The order in which releases are merged. */
import { OcdsError } from '../ocds-error.js';
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
 * @throws OcdsError `no-releases`, `different-ocids`, `missing-date`, `same-date`
 */
export function inDateOrder(releases: readonly Release[]): OrderedReleases {
  const dated = releases.map((release) => {
    const moment = instantNs(release.date);
    if (moment === undefined) {
      throw new OcdsError('missing-date', `release ${release.id} has no date to order it by`, {
        id: release.id,
      });
    }
    return { release, moment };
  });
  const ocids = [...new Set(releases.map(({ ocid }) => ocid))];
  if (ocids.length > 1) {
    throw new OcdsError('different-ocids', 'only releases of one contracting process can be merged', {
      ocids,
    });
  }
  dated.sort((a, b) => (a.moment < b.moment ? -1 : a.moment > b.moment ? 1 : 0));
  for (const [position, { release, moment }] of dated.entries()) {
    const next = dated[position + 1];
    if (next?.moment === moment) {
      const ids = [release.id, next.release.id];
      throw new OcdsError('same-date', `releases ${ids.join(' and ')} have the same date`, { ids });
    }
  }
  const latest = dated.at(-1)?.release;
  if (!latest) throw new OcdsError('no-releases', 'there is no release to merge');
  return { releases: dated.map(({ release }) => release), latest };
}

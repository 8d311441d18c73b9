/**
 * The bids extension: bids, expressions of interest and statistics about them.
 *
 * Exports cite the last tagged version, {@link BIDS_EXTENSION}. The rules cover the later draft too (the fields
 * listed in {@link BIDS_FIELDS_AFTER_PINNED_VERSION}), because files of other publishers use it; a release of ours
 * that carries such a field is refused by the builder, as it would not be described by the version it cites.
 */
import type { Bid, Bids, BidStatistic, SimpleIdentifier } from './bids-types.js';
import type { Release } from './package-types.js';
import { DOCUMENT, ITEM, ORGANIZATION_REFERENCE, period, value } from './part-rules.js';
import { AWARD, CONTRACT, RELEASE } from './release-rules.js';
import {
  code,
  codes,
  dateTime,
  decimal,
  deprecated,
  list,
  one,
  requiredText,
  shape,
  text,
  texts,
  whole,
  yesNo,
  type ObjectRule,
} from './rule-types.js';

export const BIDS_EXTENSION = {
  version: 'v1.1.5',
  url: 'https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json',
} as const;

/** Fields that the extension's changelog lists as added after the pinned version, by kind of object. */
export const BIDS_FIELDS_AFTER_PINNED_VERSION: Readonly<Record<string, readonly string[]>> = {
  Bid: [
    'identifiers',
    'description',
    'items',
    'countriesOfOrigin',
    'hasRank',
    'rank',
    'relatedLots',
    'submissionType',
    'validityPeriod',
    'variant',
  ],
  Statistic: ['valueGross'],
  Award: ['relatedBids'],
  Contract: ['relatedBids'],
};

export const SIMPLE_IDENTIFIER = shape<SimpleIdentifier>(
  'SimpleIdentifier',
  { scheme: text({ minLength: 1 }), id: text({ minLength: 1 }) },
  { minProperties: 1 },
);

export const STATISTIC = shape<BidStatistic>(
  'Statistic',
  {
    id: requiredText(),
    measure: requiredText({ codelist: 'statistic' }),
    value: { types: ['number'] },
    date: dateTime(),
    valueGross: decimal(),
    currency: code('currency'),
    notes: text(),
    relatedLot: text(),
  },
  { required: ['id', 'measure', 'value'] },
);

export const BID = shape<Bid>(
  'Bid',
  {
    id: requiredText(),
    identifiers: list(() => SIMPLE_IDENTIFIER, { uniqueItems: true, wholeListMerge: true, minItems: 1 }),
    submissionType: code('submissionType'),
    date: dateTime(),
    description: text(),
    status: code('bidStatus'),
    items: list(() => ITEM, { uniqueItems: true }),
    tenderers: list(() => ORGANIZATION_REFERENCE),
    value: value(),
    validityPeriod: period(),
    documents: list(() => DOCUMENT, { uniqueItems: true }),
    relatedLots: texts(),
    countriesOfOrigin: codes('country', { minItems: 1 }),
    hasRank: yesNo(),
    rank: whole(),
    variant: yesNo(),
  },
  { required: ['id'] },
);

export const BIDS = shape<Bids>('Bids', { statistics: list(() => STATISTIC), details: list(() => BID) });

const withFields = (rule: ObjectRule, fields: ObjectRule['fields']): ObjectRule => ({
  ...rule,
  fields: { ...rule.fields, ...fields },
});

const AWARD_WITH_BIDS = withFields(AWARD, { relatedBid: deprecated(text()), relatedBids: texts() });
const CONTRACT_WITH_BIDS = withFields(CONTRACT, { relatedBids: texts() });

/** A release under the standard and the bids extension together. */
export const RELEASE_WITH_BIDS = shape<Release>(
  'Release',
  {
    ...(RELEASE.fields as Record<keyof Release, ObjectRule['fields'][string]>),
    awards: list(() => AWARD_WITH_BIDS, { uniqueItems: true }),
    contracts: list(() => CONTRACT_WITH_BIDS, { uniqueItems: true }),
    bids: one(() => BIDS),
  },
  { required: RELEASE.required as (keyof Release)[] },
);

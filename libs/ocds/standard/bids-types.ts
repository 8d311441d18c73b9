/** Types of the bids extension (see `bids-rules.ts` for the pinned version). */
import type { Code, Instant, Item, OcdsDocument, OrganizationReference, Period, Value } from './types.js';

export interface SimpleIdentifier {
  scheme?: string | null;
  id?: string | null;
}

export interface BidStatistic {
  id: string;
  measure: Code;
  value: number;
  date?: Instant | null;
  valueGross?: number | null;
  currency?: Code | null;
  notes?: string | null;
  relatedLot?: string | null;
}

export interface Bid {
  id: string;
  identifiers?: SimpleIdentifier[];
  submissionType?: Code | null;
  date?: Instant | null;
  description?: string | null;
  status?: Code | null;
  items?: Item[];
  tenderers?: OrganizationReference[];
  value?: Value;
  validityPeriod?: Period;
  documents?: OcdsDocument[];
  relatedLots?: string[] | null;
  countriesOfOrigin?: Code[] | null;
  hasRank?: boolean | null;
  rank?: number | null;
  variant?: boolean | null;
}

export interface Bids {
  statistics?: BidStatistic[];
  details?: Bid[];
}

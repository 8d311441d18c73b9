/** What the indicators read of one contracting process; whatever is malformed is absent, never guessed. */
export interface ProcessView {
  readonly ocid: string;
  readonly buyerId: string | null;
  readonly procuringEntityId: string | null;
  readonly cancelled: boolean;
  readonly method: string | null;
  readonly methodDetails: string | null;
  readonly numberOfTenderers: number | null;
  /** Milliseconds since 1970. */
  readonly periodStart: number | null;
  readonly periodEnd: number | null;
  readonly bids: readonly BidView[];
  readonly awards: readonly AwardView[];
}

export interface BidView {
  readonly status: string | null;
  /** Null: a tenderer without an id. */
  readonly tenderers: readonly (string | null)[];
  readonly amount: number | null;
  readonly currency: string | null;
  readonly date: number | null;
}

export interface AwardView {
  readonly status: string | null;
  readonly suppliers: readonly (string | null)[];
  readonly itemClasses: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const objectAt = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const arrayAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const textAt = (value: unknown): string | null => (typeof value === 'string' ? value : null);
/** Ids are compared as text: the standard allows both `7` and `"7"`. A number too large to be exact names nobody. */
const idAt = (value: unknown): string | null => (Number.isSafeInteger(value) ? String(value) : textAt(value));
const numberAt = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const instantAt = (value: unknown): number | null => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
};
const idsAt = (value: unknown): (string | null)[] => arrayAt(value).map((item) => idAt(objectAt(item)['id']));

function bidView(value: unknown): BidView {
  const bid = objectAt(value);
  const price = objectAt(bid['value']);
  return {
    status: textAt(bid['status']),
    tenderers: idsAt(bid['tenderers']),
    amount: numberAt(price['amount']),
    currency: textAt(price['currency']),
    date: instantAt(bid['date']),
  };
}

function awardView(value: unknown): AwardView {
  const award = objectAt(value);
  const classes = arrayAt(award['items']).map((item) =>
    idAt(objectAt(objectAt(item)['classification'])['id']),
  );
  return {
    status: textAt(award['status']),
    suppliers: idsAt(award['suppliers']),
    itemClasses: classes.filter((id) => id !== null),
  };
}

/** Reads a compiled OCDS release; null when its ocid is no text, for then nothing can be said of it. */
export function processView(release: unknown): ProcessView | null {
  const root = objectAt(release);
  const ocid = textAt(root['ocid']);
  if (ocid === null) return null;
  const tender = objectAt(root['tender']);
  const period = objectAt(tender['tenderPeriod']);
  return {
    ocid,
    buyerId: idAt(objectAt(root['buyer'])['id']),
    procuringEntityId: idAt(objectAt(tender['procuringEntity'])['id']),
    cancelled: tender['status'] === 'cancelled',
    method: textAt(tender['procurementMethod']),
    methodDetails: textAt(tender['procurementMethodDetails']),
    numberOfTenderers: numberAt(tender['numberOfTenderers']),
    periodStart: instantAt(period['startDate']),
    periodEnd: instantAt(period['endDate']),
    bids: arrayAt(objectAt(root['bids'])['details']).map(bidView),
    awards: arrayAt(root['awards']).map(awardView),
  };
}

export const activeAwards = (process: ProcessView): AwardView[] =>
  process.awards.filter((award) => award.status === 'active');

const FINAL = new Set(['active', 'cancelled', 'unsuccessful']);

/** No award is still open or of an unknown status. */
export const allAwardsFinal = (process: ProcessView): boolean =>
  process.awards.every((award) => award.status !== null && FINAL.has(award.status));

/** The one supplier of the one active award, when all awards are final; null in any other case. */
export function soleWinner(process: ProcessView): string | null {
  const [award, ...more] = activeAwards(process);
  if (award === undefined || more.length > 0 || !allAwardsFinal(process)) return null;
  return award.suppliers.length === 1 ? (award.suppliers[0] ?? null) : null;
}

/** Neither invited only nor withdrawn. */
export const submittedBids = (process: ProcessView): BidView[] =>
  process.bids.filter(
    (bid) => bid.status === 'pending' || bid.status === 'valid' || bid.status === 'disqualified',
  );

export const tendererIds = (bid: BidView): string[] => bid.tenderers.filter((id) => id !== null);

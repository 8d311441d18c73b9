export const RED_FLAG_CODES = [
  'R003',
  'R018',
  'R024',
  'R025',
  'R028',
  'R030',
  'R035',
  'R036',
  'R038',
  'R048',
  'R058',
] as const;
export type RedFlagCode = (typeof RED_FLAG_CODES)[number];

/**
 * Everything adjustable. Absent thresholds of the outlier indicators are computed from the data
 * (quartiles and 1.5 interquartile ranges); all thresholds are inclusive except the bid period's.
 */
export interface RedFlagSettings {
  /** Default: all of them. */
  readonly indicators?: readonly RedFlagCode[] | undefined;
  /** Amounts in another currency are left out of price comparisons. Default: the first one met. */
  readonly currency?: string | undefined;
  /** Values of /tender/procurementMethodDetails whose processes are left out altogether. */
  readonly excludedMethodDetails?: readonly string[] | undefined;
  /** The same for price comparisons only: the buyer sets the price. */
  readonly fixedPriceMethodDetails?: readonly string[] | undefined;
  readonly R003?: {
    /** Days; default 15. A shorter bid period is flagged. */
    readonly threshold?: number | undefined;
    /** /tender/procurementMethod values to look at; default: any, also none. */
    readonly procurementMethods?: readonly string[] | undefined;
    /** Days by /tender/procurementMethodDetails, instead of the threshold. */
    readonly byMethodDetails?: Readonly<Record<string, number>> | undefined;
  };
  /** Default open and selective. */
  readonly R018?: { readonly procurementMethods?: readonly string[] | undefined };
  readonly R024?: { readonly threshold?: number | undefined };
  readonly R025?: {
    /** Only tenderers at or above this percentile of the number of bids; default 75. */
    readonly percentile?: number | undefined;
    readonly threshold?: number | undefined;
  };
  /** At least so many other tenderers disqualified; default 1. */
  readonly R035?: { readonly threshold?: number | undefined };
  readonly R038?: {
    readonly threshold?: number | undefined;
    /** Buyers, entities and tenderers with fewer submitted bids are left out; default 2. */
    readonly minimumSubmittedBids?: number | undefined;
  };
  readonly R048?: {
    readonly threshold?: number | undefined;
    /** Leading characters of an item's classification that make a kind of its own; default 2. */
    readonly digits?: number | undefined;
    /** Suppliers in fewer processes are left out; default 20. */
    readonly minimumProcesses?: number | undefined;
  };
  readonly R058?: { readonly threshold?: number | undefined };
}

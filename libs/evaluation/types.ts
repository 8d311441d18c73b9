/** Shapes shared by the whole library: what goes into a ranking and what comes out. */

/**
 * How far the wording of a rule was checked: A full text of the statute, B quoted on a public page,
 * C seen only in a weak source, M from memory.
 */
export type SourceGrade = 'A' | 'B' | 'C' | 'M';

export interface Source {
  readonly citation: string;
  readonly grade: SourceGrade;
}

/** A plain decimal as text, at most four decimals: '8', '8.5'. Never a float. */
export type Decimal = string;
/** A whole number of fen; a number must be a safe integer. */
export type FenInput = number | bigint;

export interface LocalText {
  readonly 'zh-CN': string;
  readonly en?: string | undefined;
}

/** One step of a criterion: the points it can give and the measurable indicator that decides it. */
export interface Band {
  readonly from: Decimal;
  readonly to: Decimal;
  /** What is measured, e.g. '近三年同类项目每完成1个得2分'. */
  readonly indicator: string;
}

/** What a bidder must submit for a criterion to be scored. */
export type EvidenceType =
  | 'contract'
  | 'certificate'
  | 'service-plan'
  | 'staff-list'
  | 'acceptance-record'
  | 'user-opinion'
  | 'financial-report'
  | 'presentation'
  | 'other';

export interface Criterion {
  readonly id: string;
  readonly name?: LocalText | undefined;
  /** Points at most. */
  readonly max: Decimal;
  /** Empty or absent: any score from 0 to max. Present: a score must lie inside one band. */
  readonly bands?: readonly Band[] | undefined;
  readonly evidence?: EvidenceType | undefined;
  /** 'technical' (default) counts as 技术指标 in the consultation tie rule; 'commercial' does not. */
  readonly part?: 'technical' | 'commercial' | undefined;
  /** Objective factors (客观分) must be scored alike by all evaluators. */
  readonly objective?: boolean | undefined;
  readonly description?: string | undefined;
}

/**
 * - `tender-scoring`: 招标综合评分法 (财政部令第87号 第五十五、五十七条)
 * - `consultation-scoring`: 竞争性磋商综合评分法 (财库〔2014〕214号 第二十四、二十五条)
 * - `lowest-evaluated-price`: 最低评标价法 (87 第五十四、五十六条); also final offers of a negotiation
 */
export type EvaluationMethod = 'tender-scoring' | 'consultation-scoring' | 'lowest-evaluated-price';

/** Where the method rounds; whatever is not listed stays an exact fraction. */
export type RoundingStep = 'criterion-mean' | 'quality' | 'price-score' | 'total';

export interface RoundingRule {
  /** 0 to 6. */
  readonly decimals: number;
  readonly mode: 'half-up';
  readonly steps: readonly RoundingStep[];
}

interface Deductions {
  /** Percent taken off a small or micro enterprise's price for scoring only, '10' to '20' since 2022-07-01. */
  readonly smeDeductionPercent?: Decimal | undefined;
  /** The lower rate for consortia with, or subcontracts to, small enterprises. */
  readonly consortiumDeductionPercent?: Decimal | undefined;
}

export type PriceRule =
  /** 基准价 ÷ 报价 × weight, base = lowest qualified evaluated price; weight in points of 100. */
  | ({ readonly kind: 'lowest-qualified-offer'; readonly weight: Decimal } & Deductions)
  /** Price alone decides (lowest-evaluated-price). */
  | ({ readonly kind: 'price-only' } & Deductions)
  /** Fixed or state-set price: never scored, the same for everybody. */
  | { readonly kind: 'fixed'; readonly priceFen: FenInput };

/** One round of offers in a consultation or negotiation; the highest round replaces the earlier ones. */
export interface OfferRound {
  readonly round: number;
  readonly offerFen: FenInput;
}

export interface BidInput {
  readonly bidId: string;
  /** The single or last offer. Give this or `offers`; may be absent when the price is fixed. */
  readonly offerFen?: FenInput | undefined;
  readonly offers?: readonly OfferRound[] | undefined;
  /** Passed the qualification and responsiveness review. */
  readonly qualified: boolean;
  readonly withdrawn?: boolean | undefined;
  readonly exclusionReason?: string | undefined;
  /** Small or micro enterprise (or treated as one): gets `smeDeductionPercent`. */
  readonly smeEntitled: boolean;
  /** A consortium or subcontract with small enterprises: gets `consortiumDeductionPercent` instead. */
  readonly smeConsortium?: boolean | undefined;
  /** When given, 51/52/53 (social organizations) are refused the deduction. */
  readonly uscc?: string | undefined;
}

export interface ScoreSheet {
  readonly evaluatorId: string;
  readonly bidId: string;
  readonly scores: Readonly<Record<string, Decimal>>;
}

/** What happens when the statutory tie rules are exhausted; the procurement file must say which. */
export type TieBreak = {
  /** What the file compares after the statutory chain, in order, before the rest is joint or drawn. */
  readonly by?: readonly TieKey[] | undefined;
} & (
  | { readonly then: 'joint' }
  /** Without a seed tied bids stay joint and are listed in `pendingDraws`. */
  | { readonly then: 'draw'; readonly seed?: string | undefined }
);

/** What separates bids with equal totals: the lower offer, or the better technical score. */
export type TieKey = 'price' | 'technical';

/** The statutory rules beside the file's own, with what they say: a result stays what it was when they change. */
export interface RuleSet {
  readonly id: string;
  /** In order; equal after the last one means joint, and {@link TieBreak} applies. */
  readonly ties: readonly TieKey[];
}

export interface Disqualification {
  readonly bidId: string;
  readonly reason: string;
}

export interface EvaluationInput {
  readonly method: EvaluationMethod;
  readonly priceRule: PriceRule;
  readonly criteria: readonly Criterion[];
  readonly bids: readonly BidInput[];
  readonly sheets: readonly ScoreSheet[];
  readonly tieBreak: TieBreak;
  /** Absent: the set in force, see `RULE_SETS`. Published always. */
  readonly ruleSet?: RuleSet | undefined;
  /** Who must have scored. Absent: whoever handed in a sheet. */
  readonly evaluators?: readonly string[] | undefined;
  /** Default: `DEFAULT_ROUNDING`. */
  readonly rounding?: RoundingRule | undefined;
  /** Bids excluded after the first evaluation; the same function then answers again. */
  readonly disqualified?: readonly Disqualification[] | undefined;
}

/** The comparison that put a bid behind the one before it ('first' for the leader). */
export type DecidedBy = 'first' | 'total' | 'evaluated-price' | 'price' | 'technical' | 'draw' | 'joint';

export interface RankedBid {
  /** Competition ranking: joint bids share a rank and the next one skips. */
  readonly rank: number;
  readonly bidId: string;
  /** Two decimals (or the rule's); null where price alone decides. */
  readonly totalScore: string | null;
  /** The compared value, unrounded unless the rule rounds it. */
  readonly totalExact: string | null;
  readonly qualityScore: string | null;
  readonly technicalScore: string | null;
  /** Null when the price is not scored. */
  readonly priceScore: string | null;
  /** Mean over evaluators, for display; the exact value is in the derivation. */
  readonly criterionScores: Readonly<Record<string, string>>;
  readonly offerFen: number;
  /** After the deduction, up to four decimals of a fen; used for scoring only. */
  readonly evaluatedPriceFen: string;
  /** Always the offered price. */
  readonly contractPriceFen: number;
  readonly decidedBy: DecidedBy;
}

export interface ExcludedBid {
  readonly bidId: string;
  readonly why: 'not-qualified' | 'withdrawn' | 'disqualified';
  readonly reason: string | null;
}

export interface BasePrice {
  readonly evaluatedPriceFen: string;
  /** The bids that offered it, in id order. */
  readonly bidIds: readonly string[];
}

/** A ranking without its explanations. */
export interface RankingTotals {
  readonly method: EvaluationMethod;
  readonly ranking: readonly RankedBid[];
  readonly excluded: readonly ExcludedBid[];
  /** Null when the price is fixed or nobody qualified. */
  readonly base: BasePrice | null;
  /** Groups whose order waits for a published seed. */
  readonly pendingDraws: readonly (readonly string[])[];
}

/** Where a figure came from: enough to redo it by hand. */
export interface Derivation {
  readonly key: DerivationKey;
  /** An id or a name that tells siblings apart (criterion, evaluator, bid). */
  readonly subject?: string | undefined;
  readonly name?: LocalText | undefined;
  readonly value: string;
  /** The value before rounding, when rounding changed how it is written. */
  readonly exact?: string | undefined;
  /** Over the values of `inputs`, e.g. 'base ÷ evaluated × weight'; 'given' for a leaf. */
  readonly formula: string;
  readonly inputs: readonly Derivation[];
  readonly source?: Source | undefined;
  readonly rounding?: { readonly decimals: number; readonly mode: 'half-up' } | undefined;
}

export type DerivationKey =
  | 'rank'
  | 'total'
  | 'quality'
  | 'criterion'
  | 'score'
  | 'price-score'
  | 'base-price'
  | 'evaluated-price'
  | 'offer'
  | 'deduction'
  | 'weight'
  | 'contract-price'
  | 'technical'
  | 'draw-key';

export interface RankingResult extends RankingTotals {
  /** By bid id, ranked bids only. */
  readonly derivations: Readonly<Record<string, Derivation>>;
}

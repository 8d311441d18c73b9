import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsAreaCode, IsInstant, Length, MayBeBlank, PageQuery } from '#platform';
import { CANCEL_REASONS, type CancelReason } from '../end-reasons.js';
import { PROCUREMENT_METHODS, type ProcurementMethod } from '../method-rules.js';
import { tenderStates, type TenderState } from '../tender.state.js';
import { TIE_BREAKS, type TieBreakChoice } from '../tie-break.js';

const POINTS = /^\d{1,3}(\.\d{1,4})?$/;
const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
const EVIDENCE = [
  'contract',
  'certificate',
  'service-plan',
  'staff-list',
  'acceptance-record',
  'user-opinion',
  'financial-report',
  'presentation',
  'other',
] as const;

export class ListTendersQuery extends PageQuery {
  /** `public` (default): published ones. `drafts`: those not published yet, in your own areas. */
  @IsOptional()
  @IsIn(['public', 'drafts'])
  stage: 'public' | 'drafts' = 'public';

  @IsOptional()
  @IsIn(tenderStates.states)
  state?: TenderState;

  /** This area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;
}

export class BandRequest {
  @Matches(POINTS)
  from: string;

  @Matches(POINTS)
  to: string;

  /** What is measured. */
  @IsString()
  @Length(1, 500)
  indicator: string;
}

export class CriterionRequest {
  @Matches(ID)
  id: string;

  @IsString()
  @Length(1, 100)
  name: string;

  /** Points at most, a decimal as text. */
  @Matches(POINTS)
  max: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => BandRequest)
  bands: BandRequest[];

  /** What a bidder must submit for the points. */
  @IsIn(EVIDENCE)
  evidence: (typeof EVIDENCE)[number];

  @IsOptional()
  @IsIn(['technical', 'commercial'])
  part?: 'technical' | 'commercial';

  @IsOptional()
  @IsBoolean()
  objective?: boolean;

  @IsOptional()
  @MayBeBlank()
  @IsString()
  @Length(0, 2_000)
  description?: string;
}

export class PriceRuleRequest {
  /** Lowest qualified offer ÷ offer × weight; or a fixed price (the ceiling), which is not scored. */
  @IsIn(['lowest-qualified-offer', 'fixed'])
  kind: 'lowest-qualified-offer' | 'fixed';

  /** Points of 100 for the price, 10 to 30 for services; absent for a fixed price. */
  @IsOptional()
  @Matches(POINTS)
  weight?: string;

  /** Deduction for small and micro enterprises, for scoring only. */
  @IsOptional()
  @Matches(POINTS)
  smeDeductionPercent?: string;
}

export class TenderFileRequest {
  @IsString()
  @Length(1, 300)
  title: string;

  /** The need: what, how much, to which standard, how it is accepted. */
  @IsString()
  @Length(1, 20_000)
  requirement: string;

  /** Highest price that can be awarded; at most the budget of the plan item. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  ceilingFen: number;

  /** Absent: what the amount suggests, competitive consultation below the public-tender threshold. */
  @IsOptional()
  @IsIn(PROCUREMENT_METHODS)
  method?: ProcurementMethod;

  /** Document number of the city finance bureau's approval of another method than public tender. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  methodApproval?: string;

  @IsObject()
  @ValidateNested()
  @Type(() => PriceRuleRequest)
  priceRule: PriceRuleRequest;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CriterionRequest)
  criteria: CriterionRequest[];

  /** Requirements a bidder must meet to be scored at all. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 500, { each: true })
  qualifications: string[];

  /**
   * What decides between bids that the statutory rules leave tied: a draw that anybody can re-run, or first the
   * better technical score and then the draw.
   */
  @IsOptional()
  @IsIn(TIE_BREAKS)
  tieBreak?: TieBreakChoice;
}

export class DraftTenderRequest extends TenderFileRequest {
  @IsUUID()
  planItemId: string;
}

export class PublishTenderRequest {
  /** Last instant for bids, ISO-8601. */
  @IsInstant()
  bidDeadline: string;

  /** The notice on the statutory medium; with the time below, or neither. */
  @ValidateIf(hasNotice)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @Length(1, 2_000)
  noticeUrl?: string;

  @ValidateIf(hasNotice)
  @IsInstant()
  noticePublishedAt?: string;
}

function hasNotice(request: PublishTenderRequest): boolean {
  return request.noticeUrl !== undefined || request.noticePublishedAt !== undefined;
}

export class CancelTenderRequest {
  @IsIn(Object.keys(CANCEL_REASONS))
  reasonCode: CancelReason;

  /** Published. */
  @IsString()
  @Length(5, 500)
  reason: string;
}

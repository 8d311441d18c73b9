import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsAreaCode, IsChinaDate, Length, MayBeBlank, PageQuery } from '#platform';
import type { ServiceKind } from '../plan-item.entity.js';

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;
const SERVICE_KINDS = ['public-service', 'auxiliary'] as const;

export class ListPlanItemsQuery extends PageQuery {
  /** `public` (default): what everybody sees. `all`: drafts too, in your own areas. */
  @IsOptional()
  @IsIn(['public', 'all'])
  stage: 'public' | 'all' = 'public';

  /** This area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;

  /** YYYY-MM */
  @IsOptional()
  @Matches(MONTH)
  month?: string;
}

export class CreatePlanItemRequest {
  @IsAreaCode()
  areaCode: string;

  @IsString()
  @Length(1, 200)
  buyerName: string;

  @IsString()
  @Length(1, 300)
  title: string;

  /** Outline of the need. */
  @MayBeBlank()
  @IsString()
  @Length(0, 5_000)
  summary: string;

  /** To the public, or for the government's own work; the first needs the opinion of the public. */
  @IsIn(SERVICE_KINDS)
  serviceKind: ServiceKind;

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  budgetFen: number;

  /** YYYY-MM */
  @Matches(MONTH)
  expectedMonth: string;
}

export class AssignBudgetRequest {
  @IsUUID()
  budgetLineId: string;

  @IsUUID()
  buyerOrganizationId: string;

  /** Imported items are taken for public services until somebody says otherwise. */
  @IsOptional()
  @IsIn(SERVICE_KINDS)
  serviceKind?: ServiceKind;
}

export class PublishIntentionRequest {
  /** The notice on the statutory medium. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @Length(1, 2_000)
  noticeUrl?: string;
}

export class RecordOpinionRequest {
  /** What the public said, or a survey of the need among market subjects. */
  @IsIn(['public-opinion', 'need-survey'])
  kind: 'public-opinion' | 'need-survey';

  /** How people were asked. */
  @IsString()
  @Length(1, 200)
  channel: string;

  /** China date. */
  @IsChinaDate()
  beganOn: string;

  @IsChinaDate()
  endedOn: string;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  commentCount: number;

  /** Organizations asked in a survey; no names of persons. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  respondents?: string[];

  @IsString()
  @Length(1, 5_000)
  summary: string;

  /** What was taken up, and why the rest was not. */
  @IsOptional()
  @MayBeBlank()
  @IsString()
  @Length(0, 5_000)
  reply?: string;
}

export class MakeReadyRequest {
  /** Why the purchase starts before the lead time of the intention is over. */
  @IsOptional()
  @IsString()
  @Length(5, 500)
  exemptionReason?: string;
}

import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '#platform';
import type { ContractState } from '../../domain/contract.state.js';

const CHINA_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class TermTextsRequest {
  /** What is to be done. */
  @IsString()
  @Length(1, 10_000)
  content: string;

  /** How much of it. */
  @IsString()
  @Length(1, 5_000)
  quantity: string;

  /** To which standard. */
  @IsString()
  @Length(1, 5_000)
  quality: string;

  /** How and when it is paid. */
  @IsString()
  @Length(1, 5_000)
  settlement: string;

  @IsString()
  @Length(1, 10_000)
  rightsAndDuties: string;

  @IsString()
  @Length(1, 5_000)
  breach: string;
}

export class MilestoneRequest {
  @IsString()
  @Length(1, 200)
  title: string;

  /** Integer fen; all milestones together are the contract amount. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amountFen: number;

  /** China date by which it is delivered. */
  @Matches(CHINA_DATE)
  dueOn: string;

  /** China date by which the buyer has accepted or rejected it; later the payment clock starts by itself. */
  @Matches(CHINA_DATE)
  acceptanceDueOn: string;
}

export class SetTermsRequest {
  @Matches(CHINA_DATE)
  startsOn: string;

  @Matches(CHINA_DATE)
  endsOn: string;

  /** Needed for a term over one year: budget assured, content fixed, continuous, price stable (102号令 art. 24). */
  @IsOptional()
  @IsBoolean()
  multiYearConditionsMet?: boolean;

  @ValidateNested()
  @Type(() => TermTextsRequest)
  texts: TermTextsRequest;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => MilestoneRequest)
  milestones: MilestoneRequest[];
}

export class DeliverRequest {
  @IsString()
  @Length(1, 5_000)
  note: string;

  /** Own uploads that serve as evidence. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  fileIds: string[];
}

export class UserOpinionRequest {
  @IsBoolean()
  satisfied: boolean;

  /** In the user's own words, without names. */
  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  comment?: string;
}

export class AcceptRequest {
  @IsString()
  @Length(1, 5_000)
  note: string;

  /** What the users of the service say; a public service cannot be accepted without. */
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => UserOpinionRequest)
  opinions: UserOpinionRequest[];
}

export class RejectRequest {
  @IsString()
  @Length(1, 5_000)
  reason: string;
}

export class ListContractsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['draft', 'part-signed', 'signed', 'active', 'completed', 'terminated'])
  state?: ContractState;
}

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
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsChinaDate, Length, PageQuery } from '#platform';
import { type ContractState, contractStates } from '../contract.state.js';

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
  @IsChinaDate()
  dueOn: string;

  /** China date by which the buyer has accepted or rejected it; the payment clock starts then at the latest. */
  @IsChinaDate()
  acceptanceDueOn: string;
}

export class SetTermsRequest {
  @IsChinaDate()
  startsOn: string;

  @IsChinaDate()
  endsOn: string;

  /** Needed for a term over one year: budget assured, content fixed, continuous, price stable (102号令 art. 24). */
  @IsOptional()
  @IsBoolean()
  multiYearConditionsMet?: boolean;

  @IsObject()
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

export class ListContractsQuery extends PageQuery {
  @IsOptional()
  @IsIn(contractStates.states)
  state?: ContractState;
}

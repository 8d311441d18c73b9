import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Length } from '#platform';

const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

export class OwnBidQuery {
  /** For which organization; needed only by those who belong to several. */
  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

export class ResponseRequest {
  @Matches(ID)
  criterionId: string;

  @IsString()
  @Length(1, 20_000)
  text: string;
}

export class SubmitBidRequest {
  @IsOptional()
  @IsUUID()
  organizationId?: string;

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  offerFen: number;

  /** One answer per criterion. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique((response: ResponseRequest) => response.criterionId)
  @ValidateNested({ each: true })
  @Type(() => ResponseRequest)
  responses: ResponseRequest[];

  /** Own uploads. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];
}

export class WithdrawBidRequest {
  @IsOptional()
  @IsUUID()
  organizationId?: string;
}

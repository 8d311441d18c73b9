import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
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
import { type Interest, INTERESTS } from '../../application/declare-interests.js';

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

export class DeclarationRequest {
  /** Empty: nothing binds me to any bidder. */
  @IsArray()
  @ArrayUnique()
  @IsIn(INTERESTS, { each: true })
  interests: Interest[];
}

export class QualificationRequest {
  @IsBoolean()
  qualified: boolean;

  /** Told to the bidder. */
  @IsString()
  @Length(1, 1_000)
  reason: string;
}

export class PointsRequest {
  @Matches(ID)
  criterionId: string;

  /** A decimal as text, at most four decimals. */
  @Matches(/^\d{1,3}(\.\d{1,4})?$/)
  points: string;
}

export class BidScoresRequest {
  @IsUUID()
  bidId: string;

  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique((entry: PointsRequest) => entry.criterionId)
  @ValidateNested({ each: true })
  @Type(() => PointsRequest)
  points: PointsRequest[];
}

export class ScoreSheetRequest {
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique((entry: BidScoresRequest) => entry.bidId)
  @ValidateNested({ each: true })
  @Type(() => BidScoresRequest)
  bids: BidScoresRequest[];
}

export class SignScoreSheetRequest {
  /** Disagreement with the committee; silence is agreement. */
  @IsOptional()
  @IsString()
  @Length(1, 2_000)
  dissent?: string;
}

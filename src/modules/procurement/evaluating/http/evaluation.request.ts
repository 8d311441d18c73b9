import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Length } from '#platform';
import { type Interest, INTERESTS } from '../evaluator.entity.js';

const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

export class AppointEvaluatorsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(15)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  accountIds: string[];
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

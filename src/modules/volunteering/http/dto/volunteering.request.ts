import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
} from 'class-validator';
import { Identifier, IsAreaCode, IsChinaDate, IsInstant, Length, PageQuery } from '#platform';

export class SaveProfileRequest {
  @IsChinaDate()
  birthDate: string;

  /** A county or a place in it. */
  @IsAreaCode()
  @Length(6, 12)
  areaCode: string;

  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 40, { each: true })
  skills: string[];

  /** Needed under eighteen. */
  @IsOptional()
  @IsBoolean()
  guardianConsent?: boolean;
}

export class CreateShiftRequest {
  @IsUUID()
  projectId: string;

  @IsString()
  @Length(1, 200)
  title: string;

  @IsString()
  @Length(1, 300)
  place: string;

  @IsInstant()
  startsAt: string;

  @IsInstant()
  endsAt: string;

  @IsInt()
  @Min(1)
  @Max(10_000)
  capacity: number;

  /** Risks that a volunteer must acknowledge when signing up. */
  @IsOptional()
  @IsString()
  @Length(1, 5_000)
  riskText?: string;

  /** No minors; needs a risk text. */
  @IsOptional()
  @IsBoolean()
  dangerous?: boolean;
}

export class ListShiftsQuery extends PageQuery {
  /** An area and everything below it. */
  @IsOptional()
  @IsAreaCode()
  areaCode?: string;

  @IsOptional()
  @IsUUID()
  projectId?: string;
}

export class SignUpRequestBody {
  /** The volunteer has read the risk text. */
  @IsOptional()
  @IsBoolean()
  riskAcknowledged?: boolean;
}

export class CheckInRequest {
  /** The code shown at the place. */
  @Identifier()
  @IsString()
  @Length(6, 12)
  code: string;
}

export class ConfirmAttendanceRequest {
  /** Fewer minutes than the attendance shows; absent for all of them. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_440)
  minutes?: number;
}

import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { IsAreaCode, IsInstant, Length, PageQuery } from '#platform';

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

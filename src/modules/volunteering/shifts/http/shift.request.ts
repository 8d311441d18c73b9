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

  /**
   * Until so many minutes before the start a free seat goes to the queue; whoever moves up must decline by then.
   * Two hours unless something else is said, a week at most.
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_080)
  promotionLeadMinutes?: number;

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

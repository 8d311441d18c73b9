import { IsOptional, IsString } from 'class-validator';
import { Identifier, IsInstant, Length } from '#platform';

export class CheckInRequest {
  /** The code shown at the place. */
  @Identifier()
  @IsString()
  @Length(6, 12)
  code: string;
}

export class NoShowRequest {
  /** The volunteer reads it. */
  @IsString()
  @Length(1, 1_000)
  reason: string;
}

export class EnterAttendanceRequest {
  /** Absent for somebody who checked in at the place: that time stands. */
  @IsOptional()
  @IsInstant()
  checkedInAt?: string;

  @IsInstant()
  checkedOutAt: string;

  /** Why it was not recorded at the place; the volunteer reads it. */
  @IsString()
  @Length(1, 1_000)
  reason: string;
}

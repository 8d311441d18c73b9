import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class ConfirmAttendanceRequest {
  /** Fewer minutes than the attendance shows; absent for all of them. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_440)
  minutes?: number;
}

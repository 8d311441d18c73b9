import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString } from 'class-validator';
import { IsAreaCode, IsChinaDate, Length } from '#platform';

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

import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean } from 'class-validator';
import { IsAreaCode } from '#platform';

export class SavePreferenceRequest {
  /** Send e-mails beside the inbox. */
  @IsBoolean()
  emailEnabled: boolean;

  /** Codes of areas whose coming and published purchases one wants to hear of; at most 20. */
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsAreaCode({ each: true })
  followedAreas: string[];
}

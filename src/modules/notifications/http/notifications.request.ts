import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, Matches } from 'class-validator';

export class SavePreferenceRequest {
  /** Send e-mails beside the inbox. */
  @IsBoolean()
  emailEnabled: boolean;

  /** Codes of areas whose coming and published purchases one wants to hear of; at most 20. */
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^\d{2,12}$/, { each: true })
  followedAreas: string[];
}

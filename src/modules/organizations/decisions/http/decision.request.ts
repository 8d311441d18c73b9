import { IsString, IsUUID } from 'class-validator';
import { Identifier, Length } from '#platform';

export class ReasonRequest {
  @IsString()
  @Length(2, 1000)
  reason: string;
}

export class FileGroupRequest {
  /** The registered body that handles the group's money. */
  @IsUUID()
  fiscalHostId: string;

  /** As the street numbers its filings. */
  @IsString()
  @Length(1, 60)
  filingNumber: string;
}

export class IncorporateGroupRequest {
  @Identifier()
  @IsString()
  @Length(18, 40)
  creditCode: string;
}

import { IsBoolean, IsOptional } from 'class-validator';

export class SignUpRequestBody {
  /** The volunteer has read the risk text. */
  @IsOptional()
  @IsBoolean()
  riskAcknowledged?: boolean;
}

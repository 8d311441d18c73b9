import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { Identifier, IsAreaCode, Length } from '#platform';

export class GatherGroupRequest {
  @IsString()
  @Length(2, 120)
  name: string;

  /** The street or community where the group is at home. */
  @IsAreaCode()
  areaCode: string;

  /** What it does, for whom. */
  @IsString()
  @Length(1, 2000)
  purpose: string;
}

export class RegisterOrganizationRequest extends GatherGroupRequest {
  /** Unified social credit code; spaces and small letters are corrected. */
  @Identifier()
  @IsString()
  @Length(18, 40)
  creditCode: string;

  /** Where the code alone does not tell, e.g. `category-2` for a public institution. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  subclass?: string;

  /** Claims the small-enterprise preference. */
  @IsOptional()
  @IsBoolean()
  claimsSmallEnterprise?: boolean;
}

export class ResubmitOrganizationRequest {
  @IsString()
  @Length(2, 120)
  name: string;

  @IsString()
  @Length(1, 2000)
  purpose: string;
}

export class DescribeOrganizationRequest {
  @IsString()
  @Length(1, 2000)
  purpose: string;
}

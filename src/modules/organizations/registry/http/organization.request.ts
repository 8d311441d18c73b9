import { IsBoolean, IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { ORGANIZATION_ROLES, type OrganizationRole } from '#libs/kernel';
import { Identifier, IsAreaCode, Length } from '#platform';

const ORGANIZATION_ROLE_NAMES = Object.keys(ORGANIZATION_ROLES);

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

export class ReasonRequest {
  @IsString()
  @Length(2, 1000)
  reason: string;
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

export class AddMemberRequest {
  /** The whole login, as the person tells it. */
  @Identifier()
  @IsString()
  @Length(3, 64)
  login: string;

  @IsIn(ORGANIZATION_ROLE_NAMES)
  role: OrganizationRole;
}

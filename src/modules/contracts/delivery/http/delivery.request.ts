import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { Length } from '#platform';

export class DeliverRequest {
  @IsString()
  @Length(1, 5_000)
  note: string;

  /** Own uploads that serve as evidence. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  fileIds: string[];
}

export class UserOpinionRequest {
  @IsBoolean()
  satisfied: boolean;

  /** In the user's own words, without names. */
  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  comment?: string;
}

export class AcceptRequest {
  @IsString()
  @Length(1, 5_000)
  note: string;

  /** What the users of the service say; a public service cannot be accepted without. */
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => UserOpinionRequest)
  opinions: UserOpinionRequest[];

  /** The delivery that was looked at; 412 when another has taken its place. */
  @IsOptional()
  @IsUUID()
  deliveryId?: string;
}

export class RejectRequest {
  @IsString()
  @Length(1, 5_000)
  reason: string;

  /** The delivery that was looked at; 412 when another has taken its place. */
  @IsOptional()
  @IsUUID()
  deliveryId?: string;
}

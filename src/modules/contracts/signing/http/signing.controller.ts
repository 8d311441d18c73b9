import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Idempotent, IfMatch, RequirePermission } from '#platform';
import { SignContract } from '../sign-contract.js';
import { signingPermissions } from '../signing.permissions.js';
import { SignedResponse } from './signed.response.js';

@ApiTags('contracts')
@Controller('contracts')
export class SigningController {
  constructor(private readonly signContract: SignContract) {}

  /** Signs for the side the person belongs to. */
  @Post(':id/sign')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(signingPermissions.sign)
  @ApiHeader({ name: 'If-Match', required: true, description: 'the version you saw' })
  sign(@Param('id', ParseUUIDPipe) id: string, @IfMatch() version: number): Promise<SignedResponse> {
    return this.signContract.execute(id, version);
  }
}

import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { AwardTender } from '../award-tender.js';
import { awardingPermissions } from '../awarding.permissions.js';
import { AwardRequest } from './award.request.js';
import { AwardResponse } from './award.response.js';

@ApiTags('procurement')
@Controller('tenders/:id/award')
export class AwardsController {
  constructor(private readonly awardTender: AwardTender) {}

  /** Fixes the winner in ranked order and commits the money. */
  @Post()
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(awardingPermissions.award)
  award(@Param('id', ParseUUIDPipe) id: string, @Body() request: AwardRequest): Promise<AwardResponse> {
    return this.awardTender.execute(id, request);
  }
}

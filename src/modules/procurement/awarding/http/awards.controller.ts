import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplainsRefusals, Idempotent, RequirePermission } from '#platform';
import { tenderObject } from '../../tendering/tender.object.js';
import { AwardTender } from '../award-tender.js';
import { awardingPermissions } from '../awarding.permissions.js';
import { AwardRequest } from './award.request.js';
import { AwardResponse } from './award.response.js';

@ApiTags('procurement')
@Controller('tenders/:id/award')
export class AwardsController {
  constructor(private readonly awardTender: AwardTender) {}

  /** Fixes the winner in ranked order and commits the money. */
  @ExplainsRefusals('procurement.award', { zh: '定标', en: 'award' }, tenderObject)
  @Post()
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(awardingPermissions.award)
  award(@Param('id', ParseUUIDPipe) id: string, @Body() request: AwardRequest): Promise<AwardResponse> {
    return this.awardTender.execute(id, request);
  }
}

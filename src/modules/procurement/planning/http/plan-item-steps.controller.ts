import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { MakePlanItemReady } from '../make-plan-item-ready.js';
import { PublishIntention } from '../publish-intention.js';
import { RecordOpinion } from '../record-opinion.js';
import { planningPermissions } from '../planning.permissions.js';
import { MakeReadyRequest, PublishIntentionRequest, RecordOpinionRequest } from './plan-item.request.js';
import { OpinionRecordedResponse, PlanItemStateResponse } from './plan-item.response.js';
import { stateOf } from './plan-items.controller.js';

/** What the law asks for between the budget and the tender. */
@ApiTags('procurement')
@Controller('plan-items/:id')
export class PlanItemStepsController {
  constructor(
    private readonly publish: PublishIntention,
    private readonly opinion: RecordOpinion,
    private readonly makeReady: MakePlanItemReady,
  ) {}

  /** Makes the purchase intention public; the lead time runs from here. */
  @Post('publish-intention')
  @HttpCode(200)
  @RequirePermission(planningPermissions.plan)
  async publishIntention(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: PublishIntentionRequest,
  ): Promise<PlanItemStateResponse> {
    return stateOf(await this.publish.execute(id, request));
  }

  /** Records the opinion of the public or a survey of the need; a public service needs both. */
  @Post('record-opinion')
  @HttpCode(200)
  @RequirePermission(planningPermissions.plan)
  recordOpinion(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: RecordOpinionRequest,
  ): Promise<OpinionRecordedResponse> {
    const { respondents = [], reply = '', ...opinion } = request;
    return this.opinion.execute(id, { ...opinion, respondents, reply });
  }

  /** Passes the gates before a tender may be drafted. */
  @Post('ready')
  @HttpCode(200)
  @RequirePermission(planningPermissions.plan)
  async ready(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: MakeReadyRequest,
  ): Promise<PlanItemStateResponse> {
    return stateOf(await this.makeReady.execute(id, request));
  }
}

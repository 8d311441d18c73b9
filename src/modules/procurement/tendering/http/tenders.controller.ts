import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { IfMatch, Public, RequirePermission } from '#platform';
import { ApproveTender } from '../approve-tender.js';
import { CancelTender } from '../cancel-tender.js';
import { type Drafted, DraftTender } from '../draft-tender.js';
import { EditTender } from '../edit-tender.js';
import { PublishTender } from '../publish-tender.js';
import { TenderReads } from '../tenders.read.js';
import { planningPermissions } from '../../planning/planning.permissions.js';
import { tenderingPermissions } from '../tendering.permissions.js';
import {
  CancelTenderRequest,
  DraftTenderRequest,
  ListTendersQuery,
  PublishTenderRequest,
  TenderFileRequest,
} from './tender.request.js';
import {
  CriteriaVerdictResponse,
  DraftedTenderResponse,
  TenderDetailResponse,
  TenderPageResponse,
  TenderStateResponse,
} from './tender.response.js';
import { toDetailResponse, toTenderFile, toVerdictResponse } from './tender-mapping.js';

const VERSION = { name: 'If-Match', required: true, description: 'the version you saw' };

@ApiTags('procurement')
@Controller('tenders')
export class TendersController {
  constructor(
    private readonly tenders: TenderReads,
    private readonly draftTender: DraftTender,
    private readonly editTender: EditTender,
    private readonly approveTender: ApproveTender,
    private readonly publishTender: PublishTender,
    private readonly cancelTender: CancelTender,
  ) {}

  /** Published tenders, the newest first; drafts for officials with `stage=drafts`. */
  @Get()
  @Public('tenders are announced to everybody')
  list(@Query() query: ListTendersQuery): Promise<TenderPageResponse> {
    const { limit, cursor, stage, state, areaCode } = query;
    return this.tenders.list({ limit, cursor, stage, state, areaCode });
  }

  @Get(':id')
  @Public('tenders are announced to everybody')
  async one(@Param('id', ParseUUIDPipe) id: string): Promise<TenderDetailResponse> {
    return toDetailResponse(await this.tenders.one(id));
  }

  /** What the law says about the criteria of a draft, today. */
  @Get(':id/criteria-findings')
  @RequirePermission(planningPermissions.view)
  async findings(@Param('id', ParseUUIDPipe) id: string): Promise<CriteriaVerdictResponse> {
    return toVerdictResponse(await this.tenders.verdict(id));
  }

  /** Drafts the procurement file of a plan item that is ready. */
  @Post()
  @RequirePermission(tenderingPermissions.draft)
  async draft(@Body() { planItemId, ...file }: DraftTenderRequest): Promise<DraftedTenderResponse> {
    return toDrafted(await this.draftTender.execute(planItemId, toTenderFile(file)));
  }

  @Put(':id')
  @RequirePermission(tenderingPermissions.draft)
  @ApiHeader(VERSION)
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() file: TenderFileRequest,
  ): Promise<DraftedTenderResponse> {
    return toDrafted(await this.editTender.execute(id, version, toTenderFile(file)));
  }

  /** By somebody else than the drafter. */
  @Post(':id/approve')
  @HttpCode(200)
  @RequirePermission(tenderingPermissions.approve)
  @ApiHeader(VERSION)
  async approve(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<TenderStateResponse> {
    return stateOf(await this.approveTender.execute(id, version));
  }

  /** Freezes the file, reserves the money and sets the deadline, which then cannot be moved. */
  @Post(':id/publish')
  @HttpCode(200)
  @RequirePermission(tenderingPermissions.publish)
  @ApiHeader(VERSION)
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() { bidDeadline, noticeUrl, noticePublishedAt }: PublishTenderRequest,
  ): Promise<TenderStateResponse> {
    const notice =
      noticeUrl === undefined || noticePublishedAt === undefined
        ? undefined
        : { url: noticeUrl, publishedAt: new Date(noticePublishedAt) };
    return stateOf(
      await this.publishTender.execute(id, version, { bidDeadline: new Date(bidDeadline), notice }),
    );
  }

  /** Stops the tender for a stated reason; its money becomes available again. */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePermission(tenderingPermissions.cancel)
  async cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: CancelTenderRequest,
  ): Promise<TenderStateResponse> {
    return stateOf(await this.cancelTender.execute(id, request));
  }
}

function stateOf({ id, state, version }: TenderStateResponse): TenderStateResponse {
  return { id, state, version };
}

function toDrafted({ tender, verdict }: Drafted): DraftedTenderResponse {
  const { id, state, version, method } = tender;
  return { id, state, version, method, verdict: toVerdictResponse(verdict) };
}

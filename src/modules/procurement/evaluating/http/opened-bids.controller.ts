import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { asDownload, RequirePermission } from '#platform';
import { DecideQualification } from '../decide-qualification.js';
import { evaluatingPermissions } from '../evaluating.permissions.js';
import { OpenedBidReads } from '../opened-bids.read.js';
import { QualificationRequest } from './evaluation.request.js';
import { OpenedBidResponse, QualificationResponse } from './evaluation.response.js';

@ApiTags('procurement')
@Controller('tenders/:id/bids')
export class OpenedBidsController {
  constructor(
    private readonly bids: OpenedBidReads,
    private readonly decide: DecideQualification,
  ) {}

  /** The opened bids; before the opening the same refusal whether or not there are any. */
  @Get()
  @RequirePermission(evaluatingPermissions.viewBids)
  opened(@Param('id', ParseUUIDPipe) id: string): Promise<OpenedBidResponse[]> {
    return this.bids.opened(id);
  }

  @Get(':bidId/files/:fileId')
  @RequirePermission(evaluatingPermissions.viewBids)
  @ApiProduces('application/octet-stream')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('bidId', ParseUUIDPipe) bidId: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return asDownload(reply, await this.bids.openFile(id, bidId, fileId));
  }

  /** Whether a bid meets the requirements of the file. */
  @Post(':bidId/qualification')
  @HttpCode(200)
  @RequirePermission(evaluatingPermissions.qualify)
  async qualification(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('bidId', ParseUUIDPipe) bidId: string,
    @Body() request: QualificationRequest,
  ): Promise<QualificationResponse> {
    return this.decide.execute(id, bidId, request);
  }
}

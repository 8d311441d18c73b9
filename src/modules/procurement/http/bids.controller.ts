import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Money } from '#libs/kernel';
import { asDownload, RequirePermission, Unlogged } from '#platform';
import { BidQueries } from '../application/bids.query.js';
import { DecideQualification } from '../application/decide-qualification.js';
import { SubmitBid } from '../application/submit-bid.js';
import { WithdrawBid } from '../application/withdraw-bid.js';
import { procurementPermissions } from '../procurement.permissions.js';
import {
  OwnBidQuery,
  QualificationRequest,
  SubmitBidRequest,
  WithdrawBidRequest,
} from './dto/bid.request.js';
import {
  type BidAnswerResponse,
  OpenedBidResponse,
  OwnBidResponse,
  QualificationResponse,
  ReceiptResponse,
} from './dto/bid.response.js';

/** Before the opening a line in the log would tell that somebody bids, and counting lines how many. */
const WOULD_TELL = 'who bids, and how many, is secret until the opening';

/**
 * Bids. The routes of the own bid carry no Idempotency-Key: a stored key would tell, before the opening, that
 * somebody bid; putting the same bid again is harmless.
 */
@ApiTags('procurement')
@Controller('tenders/:id')
export class BidsController {
  constructor(
    private readonly queries: BidQueries,
    private readonly submitBid: SubmitBid,
    private readonly withdrawBid: WithdrawBid,
    private readonly decide: DecideQualification,
  ) {}

  /** Hands in the own bid or puts another in its place, until the deadline by database time. */
  @Put('bid')
  @Unlogged(WOULD_TELL)
  @RequirePermission(procurementPermissions.bid)
  submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: SubmitBidRequest,
  ): Promise<ReceiptResponse> {
    return this.submitBid.execute(id, {
      organizationId: request.organizationId,
      offer: Money.fen(request.offerFen),
      responses: Object.fromEntries(request.responses.map(({ criterionId, text }) => [criterionId, text])),
      fileIds: request.fileIds ?? [],
    });
  }

  @Get('bid')
  @Unlogged(WOULD_TELL)
  @RequirePermission(procurementPermissions.bid)
  async own(@Param('id', ParseUUIDPipe) id: string, @Query() query: OwnBidQuery): Promise<OwnBidResponse> {
    const { receipt, content } = await this.queries.own(id, query.organizationId);
    return {
      receipt,
      offerFen: content?.offerFen ?? null,
      responses: answersOf(content?.responses ?? {}),
      files: content?.files ?? [],
    };
  }

  /** Takes the own bid back before the deadline. */
  @Post('bid/withdraw')
  @Unlogged(WOULD_TELL)
  @HttpCode(200)
  @RequirePermission(procurementPermissions.bid)
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: WithdrawBidRequest,
  ): Promise<ReceiptResponse> {
    return this.withdrawBid.execute(id, request);
  }

  /** The opened bids; before the opening the same refusal whether or not there are any. */
  @Get('bids')
  @RequirePermission(procurementPermissions.viewBids)
  async opened(@Param('id', ParseUUIDPipe) id: string): Promise<OpenedBidResponse[]> {
    const bids = await this.queries.opened(id);
    return bids.map((bid) => ({ ...bid, responses: answersOf(bid.responses) }));
  }

  @Get('bids/:bidId/files/:fileId')
  @RequirePermission(procurementPermissions.viewBids)
  @ApiProduces('application/octet-stream')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('bidId', ParseUUIDPipe) bidId: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return asDownload(reply, await this.queries.openFile(id, bidId, fileId));
  }

  /** Whether a bid meets the requirements of the file. */
  @Post('bids/:bidId/qualification')
  @HttpCode(200)
  @RequirePermission(procurementPermissions.qualify)
  async qualification(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('bidId', ParseUUIDPipe) bidId: string,
    @Body() request: QualificationRequest,
  ): Promise<QualificationResponse> {
    return this.decide.execute(id, bidId, request);
  }
}

function answersOf(responses: Readonly<Record<string, string>>): BidAnswerResponse[] {
  return Object.entries(responses).map(([criterionId, text]) => ({ criterionId, text }));
}

import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Money } from '#libs/kernel';
import { RequirePermission, Unlogged } from '#platform';
import { biddingPermissions } from '../bidding.permissions.js';
import { OwnBidReads } from '../own-bid.read.js';
import { SubmitBid } from '../submit-bid.js';
import { WithdrawBid } from '../withdraw-bid.js';
import { OwnBidQuery, SubmitBidRequest, WithdrawBidRequest } from './bid.request.js';
import { answersOf, OwnBidResponse, ReceiptResponse } from './bid.response.js';

/** Before the opening a line in the log would tell that somebody bids, and counting lines how many. */
const WOULD_TELL = 'who bids, and how many, is secret until the opening';

/**
 * The own bid. The routes carry no Idempotency-Key: a stored key would tell, before the opening, that somebody bid;
 * putting the same bid again is harmless. Refusals are not kept either (`@ExplainsRefusals`), for the same reason.
 */
@ApiTags('procurement')
@Controller('tenders/:id')
export class BidsController {
  constructor(
    private readonly bids: OwnBidReads,
    private readonly submitBid: SubmitBid,
    private readonly withdrawBid: WithdrawBid,
  ) {}

  /** Hands in the own bid or puts another in its place, until the deadline by database time. */
  @Put('bid')
  @Unlogged(WOULD_TELL)
  @RequirePermission(biddingPermissions.bid)
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
  @RequirePermission(biddingPermissions.bid)
  async own(@Param('id', ParseUUIDPipe) id: string, @Query() query: OwnBidQuery): Promise<OwnBidResponse> {
    const { receipt, content } = await this.bids.own(id, query.organizationId);
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
  @RequirePermission(biddingPermissions.bid)
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: WithdrawBidRequest,
  ): Promise<ReceiptResponse> {
    return this.withdrawBid.execute(id, request);
  }
}

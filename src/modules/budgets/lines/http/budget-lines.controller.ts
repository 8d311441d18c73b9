import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Money } from '#libs/kernel';
import { Access, Idempotent, idempotencyKeyOf, PageQuery, RequirePermission } from '#platform';
import { AdjustLine } from '../adjust-line.js';
import { AppropriateLine } from '../appropriate-line.js';
import { CreateBudgetLine } from '../create-budget-line.js';
import { BudgetLineReads } from '../budget-lines.read.js';
import { TransferReads } from '../transfers.read.js';
import { linesPermissions } from '../lines.permissions.js';
import { AdjustLineRequest, AppropriateLineRequest } from './appropriate-line.request.js';
import { BudgetLinePageResponse, BudgetLineResponse, CreatedLineResponse } from './budget-line.response.js';
import { TransferPageResponse } from './transfer.response.js';
import { CreateBudgetLineRequest } from './create-budget-line.request.js';
import { ListBudgetLinesQuery } from './list-budget-lines.query.js';

@ApiTags('budgets')
@Controller('budget-lines')
export class BudgetLinesController {
  constructor(
    private readonly access: Access,
    private readonly lines: BudgetLineReads,
    private readonly transfers: TransferReads,
    private readonly createLine: CreateBudgetLine,
    private readonly appropriateLine: AppropriateLine,
    private readonly adjustLine: AdjustLine,
  ) {}

  /** Budget lines in the reader's areas. */
  @Get()
  @RequirePermission(linesPermissions.view)
  list(@Query() query: ListBudgetLinesQuery): Promise<BudgetLinePageResponse> {
    return this.lines.list(query);
  }

  /** Enters a budget line; it holds no money yet. */
  @Post()
  @RequirePermission(linesPermissions.maintain)
  @Idempotent()
  async create(@Body() body: CreateBudgetLineRequest): Promise<CreatedLineResponse> {
    return { id: await this.createLine.execute(body) };
  }

  /** One line with its balances. */
  @Get(':id')
  @RequirePermission(linesPermissions.view)
  show(@Param('id', ParseUUIDPipe) id: string): Promise<BudgetLineResponse> {
    return this.lines.show(id);
  }

  /** Puts money on the line. */
  @Post(':id/appropriate')
  @HttpCode(200)
  @RequirePermission(linesPermissions.appropriate)
  @Idempotent()
  async appropriate(
    @Param('id', ParseUUIDPipe) lineId: string,
    @Body() body: AppropriateLineRequest,
    @Req() request: FastifyRequest,
  ): Promise<BudgetLineResponse> {
    const { documentNumber } = body;
    const amount = Money.fen(body.amountFen);
    await this.appropriateLine.execute({ lineId, amount, documentNumber, key: this.keyOf(request) });
    return this.lines.show(lineId);
  }

  /** Adjusts the appropriation up or, by what is still available, down. */
  @Post(':id/adjust')
  @HttpCode(200)
  @RequirePermission(linesPermissions.appropriate)
  @Idempotent()
  async adjust(
    @Param('id', ParseUUIDPipe) lineId: string,
    @Body() body: AdjustLineRequest,
    @Req() request: FastifyRequest,
  ): Promise<BudgetLineResponse> {
    const { documentNumber, reason } = body;
    const amount = Money.fen(body.amountFen);
    await this.adjustLine.execute({ lineId, amount, documentNumber, reason, key: this.keyOf(request) });
    return this.lines.show(lineId);
  }

  /** What was posted on the line, the newest first. */
  @Get(':id/transfers')
  @RequirePermission(linesPermissions.view)
  listTransfers(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<TransferPageResponse> {
    return this.transfers.list(id, query);
  }

  /** The sender's key is good for this sender only. */
  private keyOf(request: FastifyRequest): string {
    return `${this.access.accountId}/${idempotencyKeyOf(request)}`;
  }
}

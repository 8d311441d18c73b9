import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Money } from '#libs/kernel';
import { Access, Idempotent, idempotencyKeyOf, PageQuery, RequirePermission } from '#platform';
import { AppropriateLine } from '../application/appropriate-line.js';
import { CreateBudgetLine } from '../application/create-budget-line.js';
import { ListBudgetLines } from '../application/list-budget-lines.query.js';
import { ListTransfers } from '../application/list-transfers.query.js';
import { ShowBudgetLine } from '../application/show-budget-line.query.js';
import { budgetsPermissions } from '../budgets.permissions.js';
import { AdjustLineRequest, AppropriateLineRequest } from './dto/appropriate-line.request.js';
import {
  BudgetLinePageResponse,
  BudgetLineResponse,
  CreatedLineResponse,
  TransferPageResponse,
} from './dto/budget-line.response.js';
import { CreateBudgetLineRequest } from './dto/create-budget-line.request.js';
import { ListBudgetLinesQuery } from './dto/list-budgets.query.js';

@ApiTags('budgets')
@Controller('budget-lines')
export class BudgetLinesController {
  constructor(
    private readonly access: Access,
    private readonly lines: ListBudgetLines,
    private readonly showLine: ShowBudgetLine,
    private readonly transfers: ListTransfers,
    private readonly createLine: CreateBudgetLine,
    private readonly appropriations: AppropriateLine,
  ) {}

  /** Budget lines in the reader's areas. */
  @Get()
  @RequirePermission(budgetsPermissions.view)
  list(@Query() query: ListBudgetLinesQuery): Promise<BudgetLinePageResponse> {
    return this.lines.execute(query);
  }

  /** Enters a budget line; it holds no money yet. */
  @Post()
  @RequirePermission(budgetsPermissions.maintain)
  @Idempotent()
  async create(@Body() body: CreateBudgetLineRequest): Promise<CreatedLineResponse> {
    return { id: await this.createLine.execute(body) };
  }

  /** One line with its balances. */
  @Get(':id')
  @RequirePermission(budgetsPermissions.view)
  show(@Param('id', ParseUUIDPipe) id: string): Promise<BudgetLineResponse> {
    return this.showLine.execute(id);
  }

  /** Puts money on the line. */
  @Post(':id/appropriate')
  @HttpCode(200)
  @RequirePermission(budgetsPermissions.appropriate)
  @Idempotent()
  async appropriate(
    @Param('id', ParseUUIDPipe) lineId: string,
    @Body() body: AppropriateLineRequest,
    @Req() request: FastifyRequest,
  ): Promise<BudgetLineResponse> {
    const { documentNumber } = body;
    const amount = Money.fen(body.amountFen);
    await this.appropriations.execute({ lineId, amount, documentNumber, key: this.keyOf(request) });
    return this.showLine.execute(lineId);
  }

  /** Adjusts the appropriation up or, by what is still available, down. */
  @Post(':id/adjust')
  @HttpCode(200)
  @RequirePermission(budgetsPermissions.appropriate)
  @Idempotent()
  async adjust(
    @Param('id', ParseUUIDPipe) lineId: string,
    @Body() body: AdjustLineRequest,
    @Req() request: FastifyRequest,
  ): Promise<BudgetLineResponse> {
    const { documentNumber, reason } = body;
    const amount = Money.fen(body.amountFen);
    await this.appropriations.adjust({ lineId, amount, documentNumber, reason, key: this.keyOf(request) });
    return this.showLine.execute(lineId);
  }

  /** What was posted on the line, the newest first. */
  @Get(':id/transfers')
  @RequirePermission(budgetsPermissions.view)
  listTransfers(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<TransferPageResponse> {
    return this.transfers.execute(id, query);
  }

  /** The sender's key is good for this sender only. */
  private keyOf(request: FastifyRequest): string {
    return `${this.access.accountId}/${idempotencyKeyOf(request)}`;
  }
}

import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Money } from '#libs/kernel';
import { platformErrors, Public, RequirePermission } from '#platform';
import { AssignBudget } from '../application/assign-budget.js';
import { CreatePlanItem } from '../application/create-plan-item.js';
import { ImportPlan } from '../application/import-plan.js';
import { PlanItemQueries } from '../application/plan-items.query.js';
import { MAX_IMPORT_BYTES } from '../domain/plan-file.js';
import { procurementPermissions } from '../procurement.permissions.js';
import {
  AssignBudgetRequest,
  CreatePlanItemRequest,
  ImportPlanQuery,
  ListPlanItemsQuery,
} from './dto/plan-item.request.js';
import {
  ImportReportResponse,
  PlanItemDetailResponse,
  PlanItemPageResponse,
  PlanItemStateResponse,
} from './dto/plan-item.response.js';

@ApiTags('procurement')
@Controller('plan-items')
export class PlanItemsController {
  constructor(
    private readonly queries: PlanItemQueries,
    private readonly importPlan: ImportPlan,
    private readonly createPlanItem: CreatePlanItem,
    private readonly assign: AssignBudget,
  ) {}

  /** The pipeline of coming purchases, the nearest month first. */
  @Get()
  @Public('purchase intentions are published for everybody')
  list(@Query() query: ListPlanItemsQuery): Promise<PlanItemPageResponse> {
    const { limit, cursor, stage, areaCode, month } = query;
    return this.queries.list({ limit, cursor, stage, areaCode, month });
  }

  @Get(':id')
  @Public('purchase intentions are published for everybody')
  one(@Param('id', ParseUUIDPipe) id: string): Promise<PlanItemDetailResponse> {
    return this.queries.one(id);
  }

  /** Enters one line of the plan by hand. */
  @Post()
  @RequirePermission(procurementPermissions.plan)
  async create(@Body() { budgetFen, ...values }: CreatePlanItemRequest): Promise<PlanItemStateResponse> {
    return stateOf(await this.createPlanItem.execute({ ...values, budget: Money.fen(budgetFen) }));
  }

  /**
   * Imports a plan or a list of purchase intentions: multipart field `file`, a CSV of at most 10 MB and 20,000
   * rows in UTF-8, UTF-16 or GB18030, columns and units recognized by their headings. Sending it again adds nothing.
   */
  @Post('imports')
  @HttpCode(200)
  @RequirePermission(procurementPermissions.plan)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  async import(
    @Query() { areaCode, unit }: ImportPlanQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportReportResponse> {
    if (!request.isMultipart()) throw platformErrors.unsupportedMediaType();
    // One byte more than allowed: a larger file arrives cut off there, and is refused as too large.
    const part = await request.file({ limits: { fileSize: MAX_IMPORT_BYTES + 1, files: 1 } });
    if (!part) throw platformErrors.requestInvalid();
    const content = await part.toBuffer();
    const { findings, ...report } = await this.importPlan.execute({
      areaCode,
      fileName: part.filename,
      content,
      unit,
    });
    return { ...report, findings: [...findings] };
  }

  /** Binds the item to the buyer as an organization and to the budget line that pays. */
  @Post(':id/assign-budget')
  @HttpCode(200)
  @RequirePermission(procurementPermissions.plan)
  async assignBudget(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: AssignBudgetRequest,
  ): Promise<PlanItemStateResponse> {
    return stateOf(await this.assign.execute(id, request));
  }
}

export function stateOf({ id, state, version }: PlanItemStateResponse): PlanItemStateResponse {
  return { id, state, version };
}

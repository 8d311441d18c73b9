import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Money } from '#libs/kernel';
import { Public, RequirePermission } from '#platform';
import { AssignBudget } from '../assign-budget.js';
import { CreatePlanItem } from '../create-plan-item.js';
import { PlanItemReads } from '../plan-items.read.js';
import { planningPermissions } from '../planning.permissions.js';
import { AssignBudgetRequest, CreatePlanItemRequest, ListPlanItemsQuery } from './plan-item.request.js';
import { PlanItemDetailResponse, PlanItemPageResponse, PlanItemStateResponse } from './plan-item.response.js';

@ApiTags('procurement')
@Controller('plan-items')
export class PlanItemsController {
  constructor(
    private readonly items: PlanItemReads,
    private readonly createPlanItem: CreatePlanItem,
    private readonly assign: AssignBudget,
  ) {}

  /** The pipeline of coming purchases, the nearest month first. */
  @Get()
  @Public('purchase intentions are published for everybody')
  list(@Query() query: ListPlanItemsQuery): Promise<PlanItemPageResponse> {
    const { limit, cursor, stage, areaCode, month } = query;
    return this.items.list({ limit, cursor, stage, areaCode, month });
  }

  @Get(':id')
  @Public('purchase intentions are published for everybody')
  one(@Param('id', ParseUUIDPipe) id: string): Promise<PlanItemDetailResponse> {
    return this.items.one(id);
  }

  /** Enters one line of the plan by hand. */
  @Post()
  @RequirePermission(planningPermissions.plan)
  async create(@Body() { budgetFen, ...values }: CreatePlanItemRequest): Promise<PlanItemStateResponse> {
    return stateOf(await this.createPlanItem.execute({ ...values, budget: Money.fen(budgetFen) }));
  }

  /** Binds the item to the buyer as an organization and to the budget line that pays. */
  @Post(':id/assign-budget')
  @HttpCode(200)
  @RequirePermission(planningPermissions.plan)
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

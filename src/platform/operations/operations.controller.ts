import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { definePermissions } from '#libs/kernel';
import { RequirePermission } from '../authorization/decorators.js';
import { DataChecks } from '../checks/data-check.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { PageQuery } from '../lists/keyset.js';
import { RefusalReads } from '../refusals/refusals.read.js';
import { DeadLetters } from './dead-letters.js';
import {
  CheckResultResponse,
  DeadLetterPageResponse,
  OverdueDeadlineResponse,
  RefusalResponse,
} from './dto/operations.response.js';

const permissions = definePermissions('operations', {
  readDeadLetters: { zh: '查看失败任务', en: 'See failed tasks', roles: ['platform-operator'] },
  replayDeadLetters: { zh: '重放失败任务', en: 'Replay failed tasks', roles: ['platform-operator'] },
  runChecks: {
    zh: '运行数据校验',
    en: 'Run the data checks',
    roles: ['platform-operator', 'auditor', 'supervisor'],
  },
  readRefusals: {
    zh: '按请求编号查看拒绝原因',
    en: 'See why a request was refused',
    roles: ['platform-operator'],
  },
  readOverdue: {
    zh: '查看逾期事项',
    en: 'See what is overdue',
    roles: ['supervisor', 'auditor', 'approver'],
  },
});

@ApiTags('operations')
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly checks: DataChecks,
    private readonly deadlines: Deadlines,
    private readonly refusals: RefusalReads,
  ) {}

  /** Tasks that failed too often, the newest first. */
  @Get('dead-letters')
  @RequirePermission(permissions.readDeadLetters)
  list(@Query() query: PageQuery): Promise<DeadLetterPageResponse> {
    return this.deadLetters.list(query.limit, query.cursor);
  }

  /** Runs a dead letter again. */
  @Post('dead-letters/:id/replay')
  @HttpCode(204)
  @RequirePermission(permissions.replayDeadLetters)
  async replay(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.deadLetters.replay(id);
  }

  /** Runs every data check now; `offending` is empty everywhere when the data hold. */
  @Get('checks')
  @RequirePermission(permissions.runChecks)
  async runChecks(): Promise<CheckResultResponse[]> {
    const results = await this.checks.runAll();
    return results.map(({ name, offending }) => ({ name, offending: [...offending] }));
  }

  /** Legal and agreed deadlines that have passed in the reader's areas. */
  @Get('overdue-deadlines')
  @RequirePermission(permissions.readOverdue)
  overdue(@Query() query: PageQuery): Promise<OverdueDeadlineResponse[]> {
    return this.deadlines.overdue(permissions.readOverdue, query.limit);
  }

  /** Why a request was refused, by the id that its answer gave: of the acts that keep their refusals. */
  @Get('refusals/:requestId')
  @RequirePermission(permissions.readRefusals)
  refusal(@Param('requestId', ParseUUIDPipe) requestId: string): Promise<RefusalResponse> {
    return this.refusals.ofRequest(requestId);
  }
}

import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery, RequirePermission } from '#platform';
import { shiftsPermissions } from '../../shifts/shifts.permissions.js';
import { ShiftRefusalReads } from '../shift-refusals.read.js';
import { ShiftRefusalPageResponse } from './shift-refusal.response.js';

@ApiTags('volunteering')
@Controller('shifts')
export class ShiftRefusalsController {
  constructor(private readonly refusals: ShiftRefusalReads) {}

  /** Who was refused a seat, a check-in or a check-out in the last six months and why, the newest first. */
  @Get(':id/refusals')
  @RequirePermission(shiftsPermissions.organize)
  list(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery): Promise<ShiftRefusalPageResponse> {
    return this.refusals.of(id, query);
  }
}

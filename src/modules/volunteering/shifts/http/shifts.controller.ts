import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, Public, PublicCached, RequirePermission } from '#platform';
import { CreateShift } from '../create-shift.js';
import { shiftsPermissions } from '../shifts.permissions.js';
import { ShiftReads } from '../shifts.read.js';
import { CreateShiftRequest, ListShiftsQuery } from './shift.request.js';
import { ShiftCreatedResponse, ShiftPageResponse, ShiftResponse } from './shift.response.js';

@ApiTags('volunteering')
@Controller('shifts')
export class ShiftsController {
  constructor(
    private readonly shifts: ShiftReads,
    private readonly createShift: CreateShift,
  ) {}

  /** Shifts one can sign up for, the soonest first. */
  @Get()
  @PublicCached()
  @Public('anybody may look for something to help with')
  list(@Query() query: ListShiftsQuery): Promise<ShiftPageResponse> {
    return this.shifts.list(query);
  }

  @Get(':id')
  @Public('anybody may look for something to help with')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ShiftResponse> {
    return this.shifts.read(id);
  }

  @Post()
  @Idempotent()
  @RequirePermission(shiftsPermissions.organize)
  create(@Body() request: CreateShiftRequest): Promise<ShiftCreatedResponse> {
    return this.createShift.execute({
      projectId: request.projectId,
      title: request.title,
      place: request.place,
      capacity: request.capacity,
      startsAt: new Date(request.startsAt),
      endsAt: new Date(request.endsAt),
      riskText: request.riskText ?? null,
      dangerous: request.dangerous ?? false,
      promotionLeadMinutes: request.promotionLeadMinutes,
    });
  }
}

import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { AcceptMilestone } from '../accept-milestone.js';
import { DeliverMilestone } from '../deliver-milestone.js';
import { deliveryPermissions } from '../delivery.permissions.js';
import { RejectMilestone } from '../reject-milestone.js';
import { AcceptRequest, DeliverRequest, RejectRequest } from './delivery.request.js';
import { DeliveredResponse } from './delivery.response.js';

@ApiTags('contracts')
@Controller('milestones')
export class MilestonesController {
  constructor(
    private readonly deliverMilestone: DeliverMilestone,
    private readonly acceptMilestone: AcceptMilestone,
    private readonly rejectMilestone: RejectMilestone,
  ) {}

  /** The supplier reports the milestone as done, with evidence. */
  @Post(':id/deliver')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(deliveryPermissions.deliver)
  deliver(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: DeliverRequest,
  ): Promise<DeliveredResponse> {
    return this.deliverMilestone.execute(id, request);
  }

  /** Accepts the delivery; from now on the money is owed. */
  @Post(':id/accept')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(deliveryPermissions.accept)
  async accept(@Param('id', ParseUUIDPipe) id: string, @Body() request: AcceptRequest): Promise<void> {
    await this.acceptMilestone.execute(id, request);
  }

  /** Sends the delivery back with a reason. */
  @Post(':id/reject')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(deliveryPermissions.accept)
  async reject(@Param('id', ParseUUIDPipe) id: string, @Body() request: RejectRequest): Promise<void> {
    await this.rejectMilestone.execute(id, request);
  }
}

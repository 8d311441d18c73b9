import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { AcceptMilestone } from '../application/accept-milestone.js';
import { DeliverMilestone } from '../application/deliver-milestone.js';
import { RejectMilestone } from '../application/reject-milestone.js';
import { RequestPayment } from '../application/request-payment.js';
import { contractPermissions } from '../contracts.permissions.js';
import { AcceptRequest, DeliverRequest, RejectRequest } from './dto/contract.request.js';
import { DeliveredResponse, PaymentRequestedResponse } from './dto/contract.response.js';

@ApiTags('contracts')
@Controller('milestones')
export class MilestonesController {
  constructor(
    private readonly deliverMilestone: DeliverMilestone,
    private readonly acceptMilestone: AcceptMilestone,
    private readonly rejectMilestone: RejectMilestone,
    private readonly requestPaymentUseCase: RequestPayment,
  ) {}

  /** The supplier reports the milestone as done, with evidence. */
  @Post(':id/deliver')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(contractPermissions.deliver)
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
  @RequirePermission(contractPermissions.accept)
  async accept(@Param('id', ParseUUIDPipe) id: string, @Body() request: AcceptRequest): Promise<void> {
    await this.acceptMilestone.execute(id, request);
  }

  /** Sends the delivery back with a reason. */
  @Post(':id/reject')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(contractPermissions.accept)
  async reject(@Param('id', ParseUUIDPipe) id: string, @Body() request: RejectRequest): Promise<void> {
    await this.rejectMilestone.execute(id, request);
  }

  /** Requests payment of an accepted milestone; by somebody else than who accepted it. */
  @Post(':id/request-payment')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(contractPermissions['request-payment'])
  requestPayment(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentRequestedResponse> {
    return this.requestPaymentUseCase.execute(id);
  }
}

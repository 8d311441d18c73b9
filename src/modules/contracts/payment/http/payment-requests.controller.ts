import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { paymentPermissions } from '../payment.permissions.js';
import { RequestPayment } from '../request-payment.js';
import { PaymentRequestedResponse } from './payment-requested.response.js';

@ApiTags('contracts')
@Controller('milestones')
export class PaymentRequestsController {
  constructor(private readonly requestPaymentUseCase: RequestPayment) {}

  /** Requests payment of an accepted milestone; by somebody else than who accepted it. */
  @Post(':id/request-payment')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(paymentPermissions['request-payment'])
  requestPayment(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentRequestedResponse> {
    return this.requestPaymentUseCase.execute(id);
  }
}

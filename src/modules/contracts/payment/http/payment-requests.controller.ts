import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplainsRefusals, Idempotent, RequirePermission } from '#platform';
import { milestoneObject } from '../../terms/contract.object.js';
import { paymentPermissions } from '../payment.permissions.js';
import { RequestPayment } from '../request-payment.js';
import { PaymentRequestedResponse } from './payment-requested.response.js';

@ApiTags('contracts')
@Controller('milestones')
export class PaymentRequestsController {
  constructor(private readonly requestPaymentUseCase: RequestPayment) {}

  /** Requests payment of an accepted milestone; by somebody else than who accepted it. */
  @ExplainsRefusals('contracts.request-payment', { zh: '申请付款', en: 'request a payment' }, milestoneObject)
  @Post(':id/request-payment')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(paymentPermissions['request-payment'])
  requestPayment(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentRequestedResponse> {
    return this.requestPaymentUseCase.execute(id);
  }
}

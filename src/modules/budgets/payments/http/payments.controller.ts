import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { paymentsPermissions } from '../payments.permissions.js';
import { PaymentReads } from '../payments.read.js';
import { RetryPayment } from '../retry-payment.js';
import { ListPaymentsQuery } from './list-payments.query.js';
import { PaymentPageResponse, PaymentResponse } from './payment.response.js';

@ApiTags('budgets')
@Controller('payments')
export class PaymentsController {
  constructor(
    private readonly payments: PaymentReads,
    private readonly retryPayment: RetryPayment,
  ) {}

  /** Payments in the reader's areas, the newest first. */
  @Get()
  @RequirePermission(paymentsPermissions.viewPayments)
  list(@Query() query: ListPaymentsQuery): Promise<PaymentPageResponse> {
    return this.payments.list(query);
  }

  /** One payment with every attempt to settle it. */
  @Get(':id')
  @RequirePermission(paymentsPermissions.viewPayments)
  show(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    return this.payments.show(id);
  }

  /** Orders a payment again that the treasury refused. */
  @Post(':id/retry')
  @HttpCode(200)
  @RequirePermission(paymentsPermissions.pay)
  @Idempotent()
  async retry(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    await this.retryPayment.execute(id);
    return this.payments.show(id);
  }
}

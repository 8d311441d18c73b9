import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { budgetsPermissions } from '../../budgets.permissions.js';
import { PaymentsQuery } from '../payments.read.js';
import { RetryPayment } from '../retry-payment.js';
import { ListPaymentsQuery } from './list-payments.query.js';
import { PaymentPageResponse, PaymentResponse } from './payment.response.js';

@ApiTags('budgets')
@Controller('payments')
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsQuery,
    private readonly retryPayment: RetryPayment,
  ) {}

  /** Payments in the reader's areas, the newest first. */
  @Get()
  @RequirePermission(budgetsPermissions.viewPayments)
  list(@Query() query: ListPaymentsQuery): Promise<PaymentPageResponse> {
    return this.payments.list(query);
  }

  /** One payment with every attempt to settle it. */
  @Get(':id')
  @RequirePermission(budgetsPermissions.viewPayments)
  show(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    return this.payments.one(id);
  }

  /** Orders a payment again that the treasury refused. */
  @Post(':id/retry')
  @HttpCode(200)
  @RequirePermission(budgetsPermissions.pay)
  @Idempotent()
  async retry(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    await this.retryPayment.execute(id);
    return this.payments.one(id);
  }
}

import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { ListPaymentExceptions } from '../application/list-payment-exceptions.query.js';
import { PaymentsQuery } from '../application/payments.query.js';
import { RetryPayment } from '../application/retry-payment.js';
import { budgetsPermissions } from '../budgets.permissions.js';
import { ListPaymentExceptionsQuery, ListPaymentsQuery } from './dto/list-budgets.query.js';
import {
  PaymentExceptionPageResponse,
  PaymentPageResponse,
  PaymentResponse,
} from './dto/payment.response.js';

@ApiTags('budgets')
@Controller()
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsQuery,
    private readonly exceptions: ListPaymentExceptions,
    private readonly retryPayment: RetryPayment,
  ) {}

  /** Payments in the reader's areas, the newest first. */
  @Get('payments')
  @RequirePermission(budgetsPermissions.viewPayments)
  list(@Query() query: ListPaymentsQuery): Promise<PaymentPageResponse> {
    return this.payments.list(query);
  }

  /** One payment with every attempt to settle it. */
  @Get('payments/:id')
  @RequirePermission(budgetsPermissions.viewPayments)
  show(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    return this.payments.one(id);
  }

  /** Orders a payment again that the treasury refused. */
  @Post('payments/:id/retry')
  @HttpCode(200)
  @RequirePermission(budgetsPermissions.pay)
  @Idempotent()
  async retry(@Param('id', ParseUUIDPipe) id: string): Promise<PaymentResponse> {
    await this.retryPayment.execute(id);
    return this.payments.one(id);
  }

  /** Answers that are missing, late or unknown, the oldest first. */
  @Get('payment-exceptions')
  @RequirePermission(budgetsPermissions.viewPayments)
  listExceptions(@Query() query: ListPaymentExceptionsQuery): Promise<PaymentExceptionPageResponse> {
    return this.exceptions.execute(query);
  }
}

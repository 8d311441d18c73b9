import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { paymentsPermissions } from '../../payments/payments.permissions.js';
import { PaymentExceptionReads } from '../payment-exceptions.read.js';
import { ListPaymentExceptionsQuery } from './list-payment-exceptions.query.js';
import { PaymentExceptionPageResponse } from './payment-exception.response.js';

@ApiTags('budgets')
@Controller('payment-exceptions')
export class PaymentExceptionsController {
  constructor(private readonly exceptions: PaymentExceptionReads) {}

  /** Answers that are missing, late or unknown, the oldest first. */
  @Get()
  @RequirePermission(paymentsPermissions.viewPayments)
  list(@Query() query: ListPaymentExceptionsQuery): Promise<PaymentExceptionPageResponse> {
    return this.exceptions.list(query);
  }
}

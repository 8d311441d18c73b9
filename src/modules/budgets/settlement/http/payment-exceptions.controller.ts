import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { budgetsPermissions } from '../../budgets.permissions.js';
import { ListPaymentExceptions } from '../payment-exceptions.read.js';
import { ListPaymentExceptionsQuery } from './list-payment-exceptions.query.js';
import { PaymentExceptionPageResponse } from './payment-exception.response.js';

@ApiTags('budgets')
@Controller('payment-exceptions')
export class PaymentExceptionsController {
  constructor(private readonly exceptions: ListPaymentExceptions) {}

  /** Answers that are missing, late or unknown, the oldest first. */
  @Get()
  @RequirePermission(budgetsPermissions.viewPayments)
  list(@Query() query: ListPaymentExceptionsQuery): Promise<PaymentExceptionPageResponse> {
    return this.exceptions.execute(query);
  }
}

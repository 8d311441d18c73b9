import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { AppConfig } from '#platform';
import './checks/index.js';
import { AppropriateLine } from './application/appropriate-line.js';
import { BudgetLinesQuery } from './application/budget-lines.query.js';
import { CorrectMilestone } from './application/correct-milestone.js';
import { BudgetLineReferences, CreateBudgetLine } from './application/create-budget-line.js';
import { ListBudgetLines } from './application/list-budget-lines.query.js';
import { ListPaymentExceptions } from './application/list-payment-exceptions.query.js';
import { ListTransfers } from './application/list-transfers.query.js';
import { MilestoneBalancesQuery } from './application/milestone-balances.query.js';
import { PaymentsQuery } from './application/payments.query.js';
import { RequestPayment } from './application/request-payment.js';
import { RetryPayment } from './application/retry-payment.js';
import { ReverseTransfer } from './application/reverse-transfer.js';
import { ShowBudgetLine } from './application/show-budget-line.query.js';
import { BudgetsAccess } from './budgets.access.js';
import { BudgetsApi } from './budgets.api.js';
import { BudgetLine } from './domain/budget-line.entity.js';
import { BudgetLinesController } from './http/budget-lines.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { Ledger } from './ledger/ledger.js';
import { AnswerInbox } from './settlement/answer-inbox.js';
import { CollectTreasuryAnswers } from './settlement/collect-treasury-answers.job.js';
import { PaymentExceptions } from './settlement/payment-exceptions.js';
import { PaymentRecords } from './settlement/payment-records.js';
import { SettlePayment } from './settlement/settle-payment.js';
import { SettlementNotices } from './settlement/settlement-notices.js';
import { SimulatedTreasury } from './treasury/simulated-treasury.js';
import { Treasury } from './treasury/treasury.js';

const TREASURIES = {
  simulator: (config: AppConfig): Treasury => new SimulatedTreasury(config.databaseUrl),
} as const satisfies Record<AppConfig['treasury'], (config: AppConfig) => Treasury>;

/** Budget lines, the double-entry ledger, payments and their settlement with the treasury. */
import './budgets.constraints.js';

@Module({
  imports: [TypeOrmModule.forFeature([BudgetLine]), IdentityModule, OrganizationsModule],
  controllers: [BudgetLinesController, PaymentsController],
  providers: [
    {
      provide: Treasury,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => TREASURIES[config.treasury](config),
    },
    Ledger,
    BudgetsAccess,
    BudgetsApi,
    BudgetLinesQuery,
    BudgetLineReferences,
    CreateBudgetLine,
    AppropriateLine,
    CorrectMilestone,
    ReverseTransfer,
    ListBudgetLines,
    ShowBudgetLine,
    ListTransfers,
    PaymentsQuery,
    ListPaymentExceptions,
    MilestoneBalancesQuery,
    RequestPayment,
    RetryPayment,
    PaymentRecords,
    AnswerInbox,
    PaymentExceptions,
    SettlementNotices,
    SettlePayment,
    CollectTreasuryAnswers,
  ],
  exports: [BudgetsApi, CreateBudgetLine, AppropriateLine],
})
export class BudgetsModule {}

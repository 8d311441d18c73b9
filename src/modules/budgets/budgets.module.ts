import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { AppConfig } from '#platform';
import { BudgetsApi } from './budgets.api.js';
import './commitments/commitments.check.js';
import './commitments/commitments.constraints.js';
import { Commitments } from './commitments/commitments.js';
import { CommitmentReads } from './commitments/commitments.read.js';
import { CorrectMilestone } from './commitments/correct-milestone.js';
import { OpenCommitment } from './commitments/open-commitment.js';
import { Reservations } from './commitments/reservations.js';
import { AccountReads } from './ledger/accounts.read.js';
import './ledger/ledger.check.js';
import './ledger/ledger.constraints.js';
import { Ledger } from './ledger/ledger.js';
import { MilestoneBalances } from './ledger/milestone-balances.js';
import { ReverseTransfer } from './ledger/reverse-transfer.js';
import { AdjustLine } from './lines/adjust-line.js';
import { AppropriateLine } from './lines/appropriate-line.js';
import { BudgetLineAccess } from './lines/budget-line.access.js';
import { BudgetLine } from './lines/budget-line.entity.js';
import { BudgetLineReads } from './lines/budget-lines.read.js';
import { CreateBudgetLine } from './lines/create-budget-line.js';
import { BudgetLinesController } from './lines/http/budget-lines.controller.js';
import { LineFunding } from './lines/line-funding.js';
import './lines/lines.constraints.js';
import { TransferReads } from './lines/transfers.read.js';
import { PaymentsController } from './payments/http/payments.controller.js';
import { Payment } from './payments/payment.entity.js';
import { PaymentOrders } from './payments/payment-orders.js';
import './payments/payments.check.js';
import './payments/payments.constraints.js';
import { PaymentReads } from './payments/payments.read.js';
import { RequestPayment } from './payments/request-payment.js';
import { RetryPayment } from './payments/retry-payment.js';
import { AnswerInbox } from './settlement/answer-inbox.js';
import { CollectTreasuryAnswers } from './settlement/collect-treasury-answers.job.js';
import { PaymentExceptionsController } from './settlement/http/payment-exceptions.controller.js';
import { PaymentExceptions } from './settlement/payment-exceptions.js';
import { PaymentExceptionReads } from './settlement/payment-exceptions.read.js';
import { SettlePayment } from './settlement/settle-payment.job.js';
import './settlement/settlement.constraints.js';
import { SimulatedTreasury } from './treasury/simulated-treasury.js';
import { Treasury } from './treasury/treasury.js';

const TREASURIES = {
  simulator: (config: AppConfig): Treasury => new SimulatedTreasury(config.databaseUrl),
} as const satisfies Record<AppConfig['treasury'], (config: AppConfig) => Treasury>;

const ledger = [Ledger, AccountReads, MilestoneBalances, ReverseTransfer];
const lines = [
  BudgetLineAccess,
  BudgetLineReads,
  LineFunding,
  CreateBudgetLine,
  AppropriateLine,
  AdjustLine,
  TransferReads,
];
const commitments = [Reservations, OpenCommitment, CommitmentReads, Commitments, CorrectMilestone];
const payments = [PaymentOrders, PaymentReads, RequestPayment, RetryPayment];
const treasury = {
  provide: Treasury,
  inject: [AppConfig],
  useFactory: (config: AppConfig) => TREASURIES[config.treasury](config),
};
const settlement = [
  AnswerInbox,
  PaymentExceptions,
  PaymentExceptionReads,
  SettlePayment,
  CollectTreasuryAnswers,
];

/** Budget lines, the double-entry ledger, payments and their settlement with the treasury. */
@Module({
  imports: [TypeOrmModule.forFeature([BudgetLine, Payment]), IdentityModule, OrganizationsModule],
  controllers: [BudgetLinesController, PaymentsController, PaymentExceptionsController],
  providers: [BudgetsApi, ...ledger, ...lines, ...commitments, ...payments, treasury, ...settlement],
  exports: [BudgetsApi, CreateBudgetLine, AppropriateLine],
})
export class BudgetsModule {}

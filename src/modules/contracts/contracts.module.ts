import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { OrganizationsModule } from '#modules/organizations';
import { ProcurementModule } from '#modules/procurement';
import { ContractsApi } from './contracts.api.js';
import { AcceptMilestone } from './delivery/accept-milestone.js';
import { AcceptanceConsequences } from './delivery/acceptance-consequences.js';
import { DeliverMilestone } from './delivery/deliver-milestone.js';
import { DeliveryReads } from './delivery/deliveries.read.js';
import { DeliveryDecisions } from './delivery/delivery-decisions.js';
import './delivery/delivery.check.js';
import './delivery/delivery.constraints.js';
import './delivery/delivery.notices.js';
import { DeliveriesController } from './delivery/http/deliveries.controller.js';
import { MilestonesController } from './delivery/http/milestones.controller.js';
import { RejectMilestone } from './delivery/reject-milestone.js';
import { PaymentRequestsController } from './payment/http/payment-requests.controller.js';
import { MarkMilestonePaidWhenPaymentSettled } from './payment/mark-milestone-paid-when-payment-settled.handler.js';
import './payment/payment.notices.js';
import { RequestPayment } from './payment/request-payment.js';
import { ActivateContractJob } from './signing/activate-contract.job.js';
import { SigningController } from './signing/http/signing.controller.js';
import { SignContract } from './signing/sign-contract.js';
import { SigningOutcome } from './signing/signing-outcome.js';
import './signing/signing.check.js';
import './signing/signing.constraints.js';
import { ContractParties } from './terms/contract-parties.js';
import { ContractAccess } from './terms/contract.access.js';
import { Contract, Milestone } from './terms/contract.entity.js';
import { ContractReads } from './terms/contracts.read.js';
import { DraftContractWhenTenderAwarded } from './terms/draft-contract-when-tender-awarded.handler.js';
import { ContractsController } from './terms/http/contracts.controller.js';
import { PurchaseOfAward } from './terms/purchase-of-award.js';
import { SetTerms } from './terms/set-terms.js';
import './terms/terms.check.js';
import './terms/terms.constraints.js';
import './terms/terms.notices.js';

const terms = [
  ContractParties,
  ContractAccess,
  ContractReads,
  PurchaseOfAward,
  DraftContractWhenTenderAwarded,
  SetTerms,
];
const signing = [SignContract, SigningOutcome, ActivateContractJob];
const delivery = [
  DeliverMilestone,
  AcceptMilestone,
  RejectMilestone,
  AcceptanceConsequences,
  DeliveryDecisions,
  DeliveryReads,
];
const payment = [RequestPayment, MarkMilestonePaidWhenPaymentSettled];

@Module({
  imports: [
    TypeOrmModule.forFeature([Contract, Milestone]),
    OrganizationsModule,
    BudgetsModule,
    ProcurementModule,
  ],
  controllers: [
    ContractsController,
    SigningController,
    DeliveriesController,
    MilestonesController,
    PaymentRequestsController,
  ],
  providers: [ContractsApi, ...terms, ...signing, ...delivery, ...payment],
  exports: [ContractsApi],
})
export class ContractsModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { OrganizationsModule } from '#modules/organizations';
import { ProcurementModule } from '#modules/procurement';
import { AcceptMilestone } from './application/accept-milestone.js';
import { AcceptanceConsequences } from './application/acceptance-consequences.js';
import { ContractRepository } from './application/contract-repository.js';
import { ContractQueries } from './application/contracts.query.js';
import { DeliverMilestone } from './application/deliver-milestone.js';
import { DeliveryDecisions } from './application/delivery-decisions.js';
import { DraftContractWhenTenderAwarded } from './application/draft-contract-when-tender-awarded.handler.js';
import { MarkMilestonePaidWhenPaymentSettled } from './application/mark-milestone-paid-when-payment-settled.handler.js';
import { MilestoneTrail } from './application/milestone-trail.js';
import { RejectMilestone } from './application/reject-milestone.js';
import { RequestPayment } from './application/request-payment.js';
import { SetTerms } from './application/set-terms.js';
import { SignContract } from './application/sign-contract.js';
import { SigningOutcome } from './application/signing-outcome.js';
import './checks/contract-amounts.check.js';
import { ContractAccess } from './contracts.access.js';
import { ContractsApi } from './contracts.api.js';
import { Contract, Milestone } from './domain/contract.entity.js';
import { ContractsController } from './http/contracts.controller.js';
import { MilestonesController } from './http/milestones.controller.js';
import { ActivateContractJob } from './jobs/activate-contract.job.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Contract, Milestone]),
    OrganizationsModule,
    BudgetsModule,
    ProcurementModule,
  ],
  controllers: [ContractsController, MilestonesController],
  providers: [
    ContractsApi,
    ContractAccess,
    ContractRepository,
    ContractQueries,
    DraftContractWhenTenderAwarded,
    SetTerms,
    SignContract,
    SigningOutcome,
    ActivateContractJob,
    DeliverMilestone,
    AcceptMilestone,
    AcceptanceConsequences,
    RejectMilestone,
    RequestPayment,
    DeliveryDecisions,
    MilestoneTrail,
    MarkMilestonePaidWhenPaymentSettled,
  ],
  exports: [ContractsApi],
})
export class ContractsModule {}

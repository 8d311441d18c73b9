import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { MarkContracted } from './application/mark-contracted.js';
import { TenderRepository } from './application/tender-repository.js';
import { PlanItem } from './domain/plan-item.entity.js';
import { Tender } from './domain/tender.entity.js';
import { ProcurementAccess } from './procurement.access.js';
import { ProcurementApi } from './procurement.api.js';

@Module({
  imports: [TypeOrmModule.forFeature([PlanItem, Tender]), IdentityModule, OrganizationsModule, BudgetsModule],
  providers: [ProcurementApi, ProcurementAccess, TenderRepository, MarkContracted],
  exports: [ProcurementApi],
})
export class ProcurementModule {}

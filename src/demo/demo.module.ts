import { Module } from '@nestjs/common';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { ProcurementModule } from '#modules/procurement';
import { VolunteeringModule } from '#modules/volunteering';
import { ActingAs } from './acting-as.js';
import { SeedBudget } from './seed-budget.js';
import { SeedDemo } from './seed-demo.js';
import { SeedDistrict } from './seed-district.js';
import { SeedOrganizations } from './seed-organizations.js';

@Module({
  imports: [IdentityModule, OrganizationsModule, BudgetsModule, ProcurementModule, VolunteeringModule],
  providers: [SeedDemo, SeedDistrict, ActingAs, SeedOrganizations, SeedBudget],
  exports: [SeedDemo],
})
export class DemoModule {}

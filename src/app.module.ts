import { type DynamicModule, Module } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { DemoModule } from './demo/demo.module.js';
import { PlatformModule, type ProcessName } from './platform/platform.module.js';
import type { AppConfig } from './platform/config/app-config.js';
import { BudgetsModule } from '#modules/budgets';
import { IdentityModule } from '#modules/identity';
import { NotificationsModule } from '#modules/notifications';
import { OrganizationsModule } from '#modules/organizations';
import { ContractsModule } from '#modules/contracts';
import { ProcurementModule } from '#modules/procurement';
import { ProjectsModule } from '#modules/projects';
import { VolunteeringModule } from '#modules/volunteering';

/** The only place that lists the modules. */
@Module({})
export class AppModule {
  static forProcess(config: AppConfig, processName: ProcessName, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forProcess(config, processName, clock),
        IdentityModule,
        OrganizationsModule,
        BudgetsModule,
        ProcurementModule,
        ContractsModule,
        ProjectsModule,
        VolunteeringModule,
        NotificationsModule,
        DemoModule,
      ],
    };
  }
}

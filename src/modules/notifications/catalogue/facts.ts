import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { ContractsApi } from '#modules/contracts';
import { OrganizationsApi } from '#modules/organizations';
import { ProcurementApi } from '#modules/procurement';
import { ProjectsApi } from '#modules/projects';
import { VolunteeringApi } from '#modules/volunteering';

/** The front doors through which a notice learns what its words need. */
@Injectable()
export class Facts {
  constructor(
    readonly organizations: OrganizationsApi,
    readonly budgets: BudgetsApi,
    readonly procurement: ProcurementApi,
    readonly contracts: ContractsApi,
    readonly projects: ProjectsApi,
    readonly volunteering: VolunteeringApi,
  ) {}

  /** Empty for an organization that is not there. */
  async organizationName(id: string): Promise<string> {
    return (await this.organizations.organizations([id])).get(id)?.name ?? '';
  }
}

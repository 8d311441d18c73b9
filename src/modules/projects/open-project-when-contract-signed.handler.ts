import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, type EventType, startOfChinaDay } from '#libs/kernel';
import { ContractsApi, contractSigned } from '#modules/contracts';
import { Access, CLOCK, Register, TaskHandler, Timers } from '#platform';
import { BEGIN_PROJECT } from './begin-project.job.js';
import { Project } from './project.entity.js';
import { projectObject } from './project.object.js';
import { projectOpened } from './projects.events.js';

/** A signed contract becomes a project of the supplier, in which shifts and activities can be planned. */
@Injectable()
export class OpenProjectWhenContractSigned extends TaskHandler<{ contractId: string }> {
  readonly name = 'projects.open-project-when-contract-signed';
  override readonly on: readonly EventType<{ contractId: string }>[] = [contractSigned];

  constructor(
    private readonly contracts: ContractsApi,
    private readonly register: Register,
    private readonly access: Access,
    private readonly timers: Timers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const contract = await this.contracts.contract(contractId);
    const { areaCode, title, startsOn, endsOn, supplierOrganizationId: organizationId } = contract;
    if (startsOn === null || endsOn === null) throw new Error('A signed contract has a term');
    const now = this.clock.now();
    const project = Project.opened({ contractId, organizationId, areaCode, title, startsOn, endsOn }, now);
    await this.register.add(projectObject, [project], {
      action: 'open',
      allow: () => {
        this.access.systemOnly();
      },
      apply: (_project, act) => {
        act.emit(projectOpened, { projectId: project.id, contractId, organizationId, areaCode });
      },
    });
    const begins = startsOn <= chinaDate(now) ? now : startOfChinaDay(startsOn);
    await this.timers.schedule(BEGIN_PROJECT, project.id, begins, { projectId: project.id });
  }
}

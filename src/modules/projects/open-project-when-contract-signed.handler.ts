import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, type EventType, newId, startOfChinaDay } from '#libs/kernel';
import { ContractsApi, contractSigned } from '#modules/contracts';
import { AuditTrail, CLOCK, Outbox, TaskHandler, Timers, UnitOfWork } from '#platform';
import { Project } from './project.entity.js';
import { projectStates } from './project.state.js';
import { projectOpened } from './projects.events.js';
import { BEGIN_PROJECT } from './begin-project.job.js';

/** A signed contract becomes a project of the supplier, in which shifts and activities can be planned. */
@Injectable()
export class OpenProjectWhenContractSigned extends TaskHandler<{ contractId: string }> {
  readonly name = 'projects.open-project-when-contract-signed';
  override readonly on: readonly EventType<{ contractId: string }>[] = [contractSigned];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractsApi,
    private readonly timers: Timers,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const contract = await this.contracts.contract(contractId);
    if (contract.startsOn === null || contract.endsOn === null)
      throw new Error('A signed contract has a term');
    const now = this.clock.now();
    const project = this.uow.manager.create(Project, {
      id: newId(),
      contractId,
      organizationId: contract.supplierOrganizationId,
      areaCode: contract.areaCode,
      title: contract.title,
      description: '',
      state: projectStates.initial,
      startsOn: contract.startsOn,
      endsOn: contract.endsOn,
      version: 1,
      createdAt: now,
    });
    await this.uow.manager.insert(Project, project);
    const begins = project.startsOn <= chinaDate(now) ? now : startOfChinaDay(project.startsOn);
    await this.timers.schedule(BEGIN_PROJECT, project.id, begins, { projectId: project.id });
    await this.outbox.append(projectOpened, {
      projectId: project.id,
      contractId,
      organizationId: project.organizationId,
      areaCode: project.areaCode,
    });
    await this.audit.record({
      action: 'projects.open',
      objectType: 'project',
      objectId: project.id,
      after: { state: project.state, contractId },
    });
  }
}

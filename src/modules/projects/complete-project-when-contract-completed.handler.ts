import { Injectable } from '@nestjs/common';
import { type EventType } from '#libs/kernel';
import { contractCompleted } from '#modules/contracts';
import { AuditTrail, TaskHandler, UnitOfWork } from '#platform';
import { Project } from './project.entity.js';
import { projectStates } from './project.state.js';

/** All milestones are paid: nothing is left to do under the contract. */
@Injectable()
export class CompleteProjectWhenContractCompleted extends TaskHandler<{ contractId: string }> {
  readonly name = 'projects.complete-project-when-contract-completed';
  override readonly on: readonly EventType<{ contractId: string }>[] = [contractCompleted];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const project = await this.uow.manager.findOneOrFail(Project, {
      where: { contractId },
      lock: { mode: 'pessimistic_write' },
    });
    if (project.state === 'completed' || project.state === 'cancelled') return;
    // One that has not begun is refused here and tried again: the timer of its first day is due, too.
    const before = project.state;
    project.state = projectStates.next(before, 'complete');
    project.version += 1;
    await this.uow.manager.save(project);
    await this.audit.record({
      action: 'projects.complete',
      objectType: 'project',
      objectId: project.id,
      before: { state: before },
      after: { state: project.state },
    });
  }
}

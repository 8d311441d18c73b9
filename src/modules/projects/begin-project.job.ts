import { Injectable } from '@nestjs/common';
import { AuditTrail, TaskHandler, UnitOfWork } from '#platform';
import { Project } from './project.entity.js';
import { projectStates } from './project.state.js';

export const BEGIN_PROJECT = 'projects.begin-project';

/** On the first day of its term a project becomes active. */
@Injectable()
export class BeginProjectJob extends TaskHandler<{ projectId: string }> {
  readonly name = BEGIN_PROJECT;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  async run({ projectId }: { projectId: string }): Promise<void> {
    const project = await this.uow.manager.findOneOrFail(Project, {
      where: { id: projectId },
      lock: { mode: 'pessimistic_write' },
    });
    // Cancelled before it began.
    if (!projectStates.allows(project.state, 'begin')) return;
    const before = project.state;
    project.state = projectStates.next(before, 'begin');
    project.version += 1;
    await this.uow.manager.save(project);
    await this.audit.record({
      action: 'projects.begin',
      objectType: 'project',
      objectId: projectId,
      before: { state: before },
      after: { state: project.state },
    });
  }
}

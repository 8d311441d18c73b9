import { Injectable } from '@nestjs/common';
import { Access, Register, TaskHandler } from '#platform';
import { projectObject } from './project.object.js';
import { projectStates } from './project.state.js';

export const BEGIN_PROJECT = 'projects.begin-project';

/** On the first day of its term a project becomes active. */
@Injectable()
export class BeginProjectJob extends TaskHandler<{ projectId: string }> {
  readonly name = BEGIN_PROJECT;

  constructor(
    private readonly register: Register,
    private readonly access: Access,
  ) {
    super();
  }

  async run({ projectId }: { projectId: string }): Promise<void> {
    const allow = () => {
      this.access.systemOnly();
    };
    const { state } = await this.register.locked(projectObject, projectId, allow);
    // Cancelled before it began, or begun already.
    if (!projectStates.allows(state, 'begin')) return;
    await this.register.act(projectObject, projectId, { action: 'begin', allow });
  }
}

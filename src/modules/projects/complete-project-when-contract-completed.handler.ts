import { Injectable } from '@nestjs/common';
import { type EventType } from '#libs/kernel';
import { contractCompleted } from '#modules/contracts';
import { Access, db, query, Register, TaskHandler, UnitOfWork } from '#platform';
import { projectObject } from './project.object.js';
import { projectClosed } from './projects.events.js';

const projectOf = query((p: { contractId: string }) =>
  db.selectFrom('projects.project').select('id').where('contract_id', '=', p.contractId),
);

/** All milestones are paid: nothing is left to do under the contract. */
@Injectable()
export class CompleteProjectWhenContractCompleted extends TaskHandler<{ contractId: string }> {
  readonly name = 'projects.complete-project-when-contract-completed';
  override readonly on: readonly EventType<{ contractId: string }>[] = [contractCompleted];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
  ) {
    super();
  }

  async run({ contractId }: { contractId: string }): Promise<void> {
    const known = await this.uow.first(projectOf, { contractId });
    if (!known) throw new Error(`The contract ${contractId} has no project`);
    const allow = () => {
      this.access.systemOnly();
    };
    const { id, state } = await this.register.locked(projectObject, known.id, allow);
    if (state === 'completed' || state === 'cancelled') return;
    // One that has not begun is refused here and tried again: the timer of its first day is due, too.
    await this.register.act(projectObject, id, {
      action: 'complete',
      allow,
      apply: ({ organizationId }, act) => {
        act.emit(projectClosed, { projectId: id, organizationId });
      },
    });
  }
}

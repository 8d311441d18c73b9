import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type EventType } from '#libs/kernel';
import { projectClosed } from '#modules/projects';
import { Access, CLOCK, db, query, Register, TaskHandler, UnitOfWork } from '#platform';
import { shiftObject } from '../shifts/shift.object.js';
import { shiftStates } from '../shifts/shift.state.js';
import { CallOff } from './call-off.js';

const shiftsToCome = query((p: { projectId: string; now: Date }) =>
  db
    .selectFrom('volunteering.shift')
    .select('id')
    .where('project_id', '=', p.projectId)
    .where('state', '=', 'open')
    .where('starts_at', '>', p.now)
    .orderBy('id'),
);

/**
 * A closed project has no shifts to come. One that has begun, or to which somebody has come already, takes place.
 * Run again, it finds nothing left to do.
 */
@Injectable()
export class CallOffShiftsWhenProjectClosed extends TaskHandler<{ projectId: string }> {
  readonly name = 'volunteering.call-off-shifts-when-project-closed';
  override readonly on: readonly EventType<{ projectId: string }>[] = [projectClosed];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly callOff: CallOff,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ projectId }: { projectId: string }): Promise<void> {
    const allow = () => {
      this.access.systemOnly();
    };
    for (const { id } of await this.uow.all(shiftsToCome, { projectId, now: this.clock.now() })) {
      const { state } = await this.register.locked(shiftObject, id, allow);
      if (!shiftStates.allows(state, 'cancel-shift') || !(await this.callOff.isPossible(id))) continue;
      await this.register.act(shiftObject, id, {
        action: 'cancel-shift',
        allow,
        apply: (shift, act) => this.callOff.apply(shift, act),
      });
    }
  }
}

import { Injectable } from '@nestjs/common';
import { TaskHandler } from '#platform';
import { PromoteWaiting } from './promote-waiting.js';

export const PROMOTE_WAITING = 'volunteering.promote-waiting';

/** Gives the free seats of one shift to its waiting list. */
@Injectable()
export class PromoteWaitingJob extends TaskHandler<{ shiftId: string }> {
  readonly name = PROMOTE_WAITING;

  constructor(private readonly promote: PromoteWaiting) {
    super();
  }

  run({ shiftId }: { shiftId: string }): Promise<void> {
    return this.promote.execute(shiftId);
  }
}

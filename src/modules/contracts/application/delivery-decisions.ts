import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK, UnitOfWork } from '#platform';

export interface UserOpinion {
  readonly satisfied: boolean;
  /** In the user's own words, without names. */
  readonly comment?: string;
}

/** Writes the outcome for the delivery that is open; a delivery is decided once. */
@Injectable()
export class DeliveryDecisions {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(decision: {
    milestoneId: string;
    outcome: 'accepted' | 'rejected';
    note: string;
    opinions: readonly UserOpinion[];
    decidedBy: string;
  }): Promise<void> {
    await this.uow.sql(
      `INSERT INTO contracts.acceptance (id, milestone_id, delivery_id, outcome, note, opinions, decided_by, decided_at)
       SELECT $1, $2, d.id, $3, $4, $5, $6, $7
       FROM contracts.delivery d WHERE d.milestone_id = $2 ORDER BY d.delivered_at DESC, d.id DESC LIMIT 1`,
      [
        newId(),
        decision.milestoneId,
        decision.outcome,
        decision.note,
        JSON.stringify(decision.opinions),
        decision.decidedBy,
        this.clock.now(),
      ],
    );
  }
}

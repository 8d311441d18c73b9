import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { CLOCK, platformErrors, UnitOfWork } from '#platform';
import { contractErrors } from '../contracts.errors.js';

export interface UserOpinion {
  readonly satisfied: boolean;
  /** In the user's own words, without names. */
  readonly comment?: string;
}

/** Writes the outcome for the delivery that is open; a delivery is decided once, by somebody else. */
@Injectable()
export class DeliveryDecisions {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The caller holds the lock on the milestone.
   * @returns when what was decided on had been delivered
   * @param decision.deliveryId the delivery that was looked at
   * @throws DomainError platform.version-mismatch when another delivery has taken its place,
   *   contracts.supplier-accepts when the person delivered it
   */
  async record(decision: {
    milestoneId: string;
    outcome: 'accepted' | 'rejected';
    note: string;
    opinions: readonly UserOpinion[];
    decidedBy: string;
    deliveryId?: string | undefined;
  }): Promise<{ deliveredAt: Date }> {
    const open = await this.uow.one<{ id: string; delivered_by: string; delivered_at: Date }>(
      `SELECT id, delivered_by, delivered_at FROM contracts.delivery WHERE milestone_id = $1
       ORDER BY delivered_at DESC, id DESC LIMIT 1`,
      [decision.milestoneId],
    );
    if (!open) throw new Error('A delivered milestone has a delivery');
    if (decision.deliveryId !== undefined && decision.deliveryId.toLowerCase() !== open.id)
      throw platformErrors.versionMismatch();
    if (open.delivered_by === decision.decidedBy) throw contractErrors.supplierAccepts();
    await this.uow.sql(
      `INSERT INTO contracts.acceptance (id, milestone_id, delivery_id, outcome, note, opinions, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        decision.milestoneId,
        open.id,
        decision.outcome,
        decision.note,
        JSON.stringify(decision.opinions),
        decision.decidedBy,
        this.clock.now(),
      ],
    );
    return { deliveredAt: open.delivered_at };
  }
}

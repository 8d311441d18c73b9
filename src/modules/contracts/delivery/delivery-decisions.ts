import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { type Act, db, platformErrors, query, UnitOfWork } from '#platform';
import { deliveryErrors } from './delivery.errors.js';

export interface UserOpinion {
  readonly satisfied: boolean;
  /** In the user's own words, without names. */
  readonly comment?: string;
}

/** By what was decided and not by time: the clock of another machine may be behind. */
const openDelivery = query((p: { milestoneId: string }) =>
  db
    .selectFrom('contracts.delivery as d')
    .select(['d.id', 'd.delivered_by as deliveredBy', 'd.delivered_at as deliveredAt'])
    .where('d.milestone_id', '=', p.milestoneId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('contracts.acceptance as a').select('a.id').whereRef('a.delivery_id', '=', 'd.id'),
        ),
      ),
    ),
);

interface DecisionRow {
  readonly id: string;
  readonly milestoneId: string;
  readonly deliveryId: string;
  readonly outcome: 'accepted' | 'rejected';
  readonly note: string;
  readonly opinions: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

const addDecision = query((p: DecisionRow) =>
  db.insertInto('contracts.acceptance').values({
    id: p.id,
    milestone_id: p.milestoneId,
    delivery_id: p.deliveryId,
    outcome: p.outcome,
    note: p.note,
    opinions: p.opinions,
    decided_by: p.decidedBy,
    decided_at: p.decidedAt,
  }),
);

/** Writes the outcome for the delivery that is open; a delivery is decided once, by somebody else. */
@Injectable()
export class DeliveryDecisions {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * The caller holds the lock on the milestone.
   * @param decision.deliveryId the delivery that was looked at
   * @returns when what was decided on had been delivered
   * @throws DomainError platform.version-mismatch when another delivery has taken its place,
   *   contracts.supplier-accepts when the person delivered it
   */
  async record(
    decision: {
      readonly milestoneId: string;
      readonly outcome: 'accepted' | 'rejected';
      readonly note: string;
      readonly opinions: readonly UserOpinion[];
      readonly deliveryId?: string | undefined;
    },
    { at, by }: Act,
  ): Promise<{ deliveredAt: Date }> {
    const { milestoneId, outcome, note, deliveryId } = decision;
    const open = await this.uow.first(openDelivery, { milestoneId });
    if (!open) throw new Error('A delivered milestone has a delivery that is open');
    if (deliveryId !== undefined && deliveryId.toLowerCase() !== open.id)
      throw platformErrors.versionMismatch();
    if (open.deliveredBy === by) throw deliveryErrors.supplierAccepts();
    await this.uow.all(addDecision, {
      ...{ id: newId(), milestoneId, deliveryId: open.id, outcome, note },
      opinions: JSON.stringify(decision.opinions),
      decidedBy: by,
      decidedAt: at,
    });
    return { deliveredAt: open.deliveredAt };
  }
}

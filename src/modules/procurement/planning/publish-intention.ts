import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { CLOCK, Outbox, UnitOfWork } from '#platform';
import type { PlanItem } from './plan-item.entity.js';
import { planItemStates } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';
import { intentionPublished } from './planning.events.js';
import { planningPermissions } from './planning.permissions.js';
import { PlanItemRepository } from './plan-item-repository.js';

/** Makes the coming purchase public (采购意向公开, 财库〔2020〕10号). The lead time runs from here. */
@Injectable()
export class PublishIntention {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly items: PlanItemRepository,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param noticeUrl address of the notice on the statutory medium, when it is there already */
  async execute(planItemId: string, input: { noticeUrl?: string | undefined } = {}): Promise<PlanItem> {
    return this.uow.run(async () => {
      const item = await this.items.lock(planItemId);
      this.access.officialOrSystem(planningPermissions.plan, item.areaCode);
      const state = planItemStates.next(item.state, 'publish-intention');
      await this.items.change(item, 'procurement.publish-intention', {
        state,
        intentionPublishedAt: this.clock.now(),
        intentionNoticeUrl: input.noticeUrl ?? null,
      });
      await this.outbox.append(intentionPublished, { planItemId, areaCode: item.areaCode });
      return item;
    });
  }
}

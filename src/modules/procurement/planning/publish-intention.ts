import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import type { PlanItem } from './plan-item.entity.js';
import { planItemObject } from './plan-item.object.js';
import { intentionPublished } from './planning.events.js';
import { planningPermissions } from './planning.permissions.js';
import { ProcurementAccess } from './procurement.access.js';

/** Makes the coming purchase public (采购意向公开, 财库〔2020〕10号). The lead time runs from here. */
@Injectable()
export class PublishIntention {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
  ) {}

  /** @param noticeUrl address of the notice on the statutory medium, when it is there already */
  execute(planItemId: string, { noticeUrl }: { noticeUrl?: string | undefined } = {}): Promise<PlanItem> {
    return this.register.act(planItemObject, planItemId, {
      action: 'publish-intention',
      allow: ({ areaCode }) => {
        this.access.officialOrSystem(planningPermissions.plan, areaCode);
      },
      apply: (item, act) => {
        item.intentionPublishedAt = act.at;
        item.intentionNoticeUrl = noticeUrl ?? null;
        act.emit(intentionPublished, { planItemId, areaCode: item.areaCode });
      },
    });
  }
}

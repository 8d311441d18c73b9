import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { CLOCK, Register } from '#platform';
import { PlanItem, type PlanItemValues } from './plan-item.entity.js';
import { planItemObject } from './plan-item.object.js';
import { planningPermissions } from './planning.permissions.js';
import { ProcurementAccess } from './procurement.access.js';

/** Enters one line of the plan by hand. */
@Injectable()
export class CreatePlanItem {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError identity.area-unknown, platform.not-found for a foreign area */
  async execute(values: PlanItemValues): Promise<PlanItem> {
    this.access.officialOrSystem(planningPermissions.plan, values.areaCode);
    await this.identity.mustBeAreaInForce(values.areaCode);
    const item = PlanItem.entered(values, this.access.actorId, this.clock.now());
    await this.register.add(planItemObject, [item], {
      action: 'create-plan-item',
      allow: ({ areaCode }) => {
        this.access.officialOrSystem(planningPermissions.plan, areaCode);
      },
    });
    return item;
  }
}

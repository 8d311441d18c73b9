import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Money, newId } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { CLOCK, UnitOfWork } from '#platform';
import { PlanItem, type ServiceKind } from './plan-item.entity.js';
import { planItemStates } from './plan-item.state.js';
import { ProcurementAccess } from './procurement.access.js';
import { planningPermissions } from './planning.permissions.js';
import { PlanItemRepository } from './plan-item-repository.js';

export interface PlanItemValues {
  readonly areaCode: string;
  readonly buyerName: string;
  readonly title: string;
  readonly summary: string;
  readonly serviceKind: ServiceKind;
  readonly budget: Money;
  /** YYYY-MM */
  readonly expectedMonth: string;
}

/** Enters one line of the plan by hand. */
@Injectable()
export class CreatePlanItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly identity: IdentityApi,
    private readonly items: PlanItemRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(values: PlanItemValues): Promise<PlanItem> {
    this.access.officialOrSystem(planningPermissions.plan, values.areaCode);
    await this.identity.mustBeAreaInForce(values.areaCode);
    const item: PlanItem = {
      id: newId(),
      ...values,
      buyerOrganizationId: null,
      budgetLineId: null,
      reservedForSme: null,
      importId: null,
      sourceLine: null,
      sourceUrl: null,
      sourceRegion: null,
      sourceKey: null,
      intentionPublishedAt: null,
      intentionNoticeUrl: null,
      leadExemptionReason: null,
      state: planItemStates.initial,
      createdBy: this.access.actorId,
      createdAt: this.clock.now(),
      version: 1,
    };
    await this.uow.run(() => this.items.add(item));
    return item;
  }
}

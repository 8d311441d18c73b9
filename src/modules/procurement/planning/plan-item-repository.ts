import { Injectable } from '@nestjs/common';
import { AuditTrail, platformErrors, UnitOfWork } from '#platform';
import { PlanItem } from './plan-item.entity.js';

/** Loads plan items for change and writes what changed with its trace. */
@Injectable()
export class PlanItemRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async lock(planItemId: string): Promise<PlanItem> {
    this.uow.mustBeActive('planItems.lock');
    const item = await this.uow.manager.findOne(PlanItem, {
      where: { id: planItemId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!item) throw platformErrors.notFound();
    return item;
  }

  async add(item: PlanItem): Promise<void> {
    await this.uow.manager.insert(PlanItem, item);
    await this.audit.record({
      action: 'procurement.create-plan-item',
      objectType: 'plan-item',
      objectId: item.id,
      after: { state: item.state, areaCode: item.areaCode, budgetFen: item.budget.toFen() },
    });
  }

  /** @param action what is written into the audit trail, `procurement.<verb>` */
  async change(
    item: PlanItem,
    action: string,
    changes: Partial<Omit<PlanItem, 'id' | 'version'>>,
  ): Promise<void> {
    const before = { state: item.state };
    Object.assign(item, changes, { version: item.version + 1 });
    await this.uow.manager.update(PlanItem, { id: item.id }, { ...changes, version: item.version });
    // Free text stays out of the trail: it may name people.
    const { sourceKey: _key, summary: _summary, leadExemptionReason: _reason, ...after } = changes;
    await this.audit.record({ action, objectType: 'plan-item', objectId: item.id, before, after });
  }
}

import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { OrganizationsApi } from '#modules/organizations';
import { Register } from '#platform';
import type { PlanItem, ServiceKind } from './plan-item.entity.js';
import { planItemObject } from './plan-item.object.js';
import { planningErrors } from './planning.errors.js';
import { planningPermissions } from './planning.permissions.js';
import { ProcurementAccess } from './procurement.access.js';

/**
 * Binds a plan item to the buyer as an organization and to the budget line that pays: no budget, no purchase
 * (财政部令第102号; 政府采购法 第六、三十三条).
 */
@Injectable()
export class AssignBudget {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly budgets: BudgetsApi,
    private readonly organizations: OrganizationsApi,
  ) {}

  /**
   * @throws DomainError budgets.line-not-found, line-of-other-year, organizations.not-a-buyer, procurement.budget-line-of-other-buyer,
   *   budget-line-of-other-area, budget-line-closed, budget-line-too-small, state.wrong-state
   */
  execute(
    planItemId: string,
    input: { budgetLineId: string; buyerOrganizationId: string; serviceKind?: ServiceKind | undefined },
  ): Promise<PlanItem> {
    return this.register.act(planItemObject, planItemId, {
      action: 'assign-budget',
      allow: ({ areaCode }) => {
        this.access.officialOrSystem(planningPermissions.plan, areaCode);
      },
      apply: async (item) => {
        await this.organizations.mustBeBuyer(input.buyerOrganizationId);
        await this.mustBePaidBy(input.budgetLineId, input.buyerOrganizationId, item);
        item.budgetLineId = input.budgetLineId;
        item.buyerOrganizationId = input.buyerOrganizationId;
        item.serviceKind = input.serviceKind ?? item.serviceKind;
      },
    });
  }

  private async mustBePaidBy(lineId: string, buyerOrganizationId: string, item: PlanItem): Promise<void> {
    const line = await this.budgets.line(lineId);
    if (line.buyerOrganizationId !== buyerOrganizationId) throw planningErrors.budgetLineOfOtherBuyer();
    // A district pays for its streets, and a street's own line for the street's part of a district's plan.
    const related = line.areaCode.startsWith(item.areaCode) || item.areaCode.startsWith(line.areaCode);
    if (!related) throw planningErrors.budgetLineOfOtherArea();
    await this.budgets.mustPayIn(lineId, Number(item.expectedMonth.slice(0, 4)));
    if (line.status !== 'open') throw planningErrors.budgetLineClosed();
    // A first look; what counts is the reservation at publication or the commitment at award.
    const { available } = await this.budgets.balances(lineId);
    if (available.isLessThan(item.budget))
      throw planningErrors.budgetLineTooSmall({ missingFen: item.budget.minus(available).toFen() });
  }
}

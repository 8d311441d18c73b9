import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { OrganizationsApi } from '#modules/organizations';
import { CLOCK, Register } from '#platform';
import { BudgetLineAccess } from './budget-line.access.js';
import { BudgetLine, type LineElements } from './budget-line.entity.js';
import { budgetLineObject } from './budget-line.object.js';
import { mustCarryOverLawfully } from './fiscal-year.js';

/** Enters a budget indicator. It holds no money until it is appropriated. */
@Injectable()
export class CreateBudgetLine {
  constructor(
    private readonly register: Register,
    private readonly access: BudgetLineAccess,
    private readonly identity: IdentityApi,
    private readonly organizations: OrganizationsApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the line's id
   * @throws DomainError platform.forbidden outside the person's areas, identity.area-not-in-force,
   *   organizations.not-a-buyer, budgets.line-exists, carry-over-too-long
   */
  async execute(elements: LineElements): Promise<string> {
    this.access.mustEnterLinesIn(elements.areaCode);
    mustCarryOverLawfully(elements);
    await this.identity.mustBeAreaInForce(elements.areaCode);
    await this.organizations.mustBeBuyer(elements.buyerOrganizationId);
    const line = BudgetLine.entered(elements, this.access.accountId, this.clock.now());
    await this.register.add(budgetLineObject, [line], {
      action: 'create-line',
      allow: ({ areaCode }) => {
        this.access.mustEnterLinesIn(areaCode);
      },
    });
    return line.id;
  }
}

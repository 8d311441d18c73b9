import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { OrganizationsApi } from '#modules/organizations';
import { Access, AuditTrail, CLOCK, UnitOfWork } from '#platform';
import { BudgetLineAccess } from './budget-line.access.js';
import { BudgetLine } from './budget-line.entity.js';
import { mustCarryOverLawfully } from './fiscal-year.js';

export type NewBudgetLine = Omit<BudgetLine, 'id' | 'status' | 'version' | 'createdBy' | 'createdAt'>;

/** What a line refers to in other modules. */
@Injectable()
export class BudgetLineReferences {
  constructor(
    private readonly identity: IdentityApi,
    private readonly organizations: OrganizationsApi,
  ) {}

  async mustHold(line: Pick<NewBudgetLine, 'areaCode' | 'buyerOrganizationId'>): Promise<void> {
    await this.identity.mustBeAreaInForce(line.areaCode);
    await this.organizations.mustBeBuyer(line.buyerOrganizationId);
  }
}

/** Enters a budget indicator. It holds no money until it is appropriated. */
@Injectable()
export class CreateBudgetLine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly budgets: BudgetLineAccess,
    private readonly references: BudgetLineReferences,
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the line's id
   * @throws DomainError platform.forbidden outside the person's areas, identity.area-not-in-force,
   *   organizations.not-a-buyer, budgets.line-exists, carry-over-too-long
   */
  execute(elements: NewBudgetLine): Promise<string> {
    return this.uow.run(async () => {
      this.budgets.mayEnterLineIn(elements.areaCode);
      mustCarryOverLawfully(elements);
      await this.references.mustHold(elements);
      const line = BudgetLine.open({ ...elements, id: newId() }, this.access.accountId, this.clock.now());
      await this.uow.manager.insert(BudgetLine, line);
      await this.audit.record({
        action: 'budgets.create-line',
        objectType: 'budget-line',
        objectId: line.id,
        after: {
          fiscalYear: line.fiscalYear,
          carriesOverTo: line.carriesOverTo,
          areaCode: line.areaCode,
          documentNumber: line.documentNumber,
        },
      });
      return line.id;
    });
  }
}

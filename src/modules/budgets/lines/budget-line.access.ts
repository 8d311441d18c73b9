import { Injectable } from '@nestjs/common';
import { Access, platformErrors, UnitOfWork } from '#platform';
import { budgetsPermissions } from '../budgets.permissions.js';
import { BudgetLine } from './budget-line.entity.js';

/** The only way to load a budget line on behalf of a person. */
@Injectable()
export class BudgetLineAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  /** @throws DomainError platform.not-found when it is not there or not in the person's areas */
  async lineFor(permission: keyof typeof budgetsPermissions, lineId: string): Promise<BudgetLine> {
    const line = await this.uow.manager.findOneBy(BudgetLine, { id: lineId });
    if (!line) throw platformErrors.notFound();
    this.access.inArea(budgetsPermissions[permission], line.areaCode);
    return line;
  }

  /** A new line belongs to an area in which the person may enter lines. */
  mayEnterLineIn(areaCode: string): void {
    if (!this.access.actor.canInArea(budgetsPermissions.maintain, areaCode)) throw platformErrors.forbidden();
  }
}

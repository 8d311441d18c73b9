import { Injectable } from '@nestjs/common';
import { Access, db, platformErrors, query, UnitOfWork } from '#platform';
import { linesPermissions } from './lines.permissions.js';

const areaOfLine = query((p: { lineId: string }) =>
  db.selectFrom('budgets.budget_line').select('area_code as areaCode').where('id', '=', p.lineId),
);

/** Who may do what on which line: officials of its area. What hangs on a line is reached as the line is. */
@Injectable()
export class BudgetLineAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  get accountId(): string {
    return this.access.accountId;
  }

  /** @throws DomainError platform.not-found when it is not there or not in the person's areas */
  async mustReach(lineId: string, permission: string): Promise<void> {
    const line = await this.uow.first(areaOfLine, { lineId });
    if (!line) throw platformErrors.notFound();
    this.access.inArea(permission, line.areaCode);
  }

  /** A new line belongs to an area in which the person may enter lines. @throws DomainError platform.forbidden */
  mustEnterLinesIn(areaCode: string): void {
    if (!this.access.actor.canInArea(linesPermissions.maintain, areaCode)) throw platformErrors.forbidden();
  }
}

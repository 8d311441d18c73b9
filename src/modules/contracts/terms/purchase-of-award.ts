import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { ProcurementApi } from '#modules/procurement';
import type { AwardedPurchase } from './contract.entity.js';

/** What an award and its money say of the contract that follows from it. */
@Injectable()
export class PurchaseOfAward {
  constructor(
    private readonly procurement: ProcurementApi,
    private readonly budgets: BudgetsApi,
  ) {}

  /** @throws DomainError platform.not-found, budgets.award-not-committed */
  async execute(awardId: string): Promise<{ purchase: AwardedPurchase; awardedAt: Date }> {
    const award = await this.procurement.award(awardId);
    const { tenderId, areaCode, buyerOrganizationId, supplierOrganizationId, title, serviceKind } = award;
    const purchase = {
      ...{ awardId, tenderId, areaCode, buyerOrganizationId, supplierOrganizationId, title, serviceKind },
      commitmentId: await this.budgets.commitmentOf({ awardId }),
      amount: Money.fen(award.amountFen),
    };
    return { purchase, awardedAt: new Date(award.awardedAt) };
  }
}

import { Injectable } from '@nestjs/common';
import { Money } from '#libs/kernel';
import { AppropriateLine, CreateBudgetLine } from '#modules/budgets';
import { DEMO_DISTRICT } from '#modules/identity';
import { ActingAs } from './acting-as.js';
import { DEMO_LINE } from './demo-people.js';

const APPROPRIATION = Money.parseYuan('1000000.00');

/** One budget line of the current fiscal year, with money on it. */
@Injectable()
export class SeedBudget {
  constructor(
    private readonly acting: ActingAs,
    private readonly create: CreateBudgetLine,
    private readonly appropriate: AppropriateLine,
  ) {}

  execute(ids: ReadonlyMap<string, string>, buyerOrganizationId: string): Promise<void> {
    return this.acting.official(ids, 'finance', 'finance', async (today) => {
      const fiscalYear = Number(today.slice(0, 4));
      const lineId = await this.create.execute({
        fiscalYear,
        // Purchases of the turn of the year.
        carriesOverTo: fiscalYear + 1,
        areaCode: DEMO_DISTRICT,
        documentNumber: `云财预〔${fiscalYear}〕1号（虚构）`,
        projectCode: 'DEMO-0001',
        name: '政府购买社区服务专项（虚构）',
        buyerOrganizationId,
        ...DEMO_LINE,
      });
      await this.appropriate.execute({
        lineId,
        amount: APPROPRIATION,
        documentNumber: `云财预〔${fiscalYear}〕1号（虚构）`,
        key: 'seed-demo-appropriation',
      });
    });
  }
}

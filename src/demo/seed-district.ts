import { Injectable } from '@nestjs/common';
import { DEMO_DISTRICT } from '#modules/identity';
import { ImportPlan } from '#modules/procurement';
import { SaveVolunteerProfile } from '#modules/volunteering';
import { UnitOfWork } from '#platform';
import { ActingAs } from './acting-as.js';
import { DEMO_BUYER, DEMO_PEOPLE, DEMO_PLAN } from './demo-people.js';
import { SeedBudget } from './seed-budget.js';
import { SeedOrganizations } from './seed-organizations.js';

const STREET = `${DEMO_DISTRICT}001`;

/** Organizations, money, figures, plan and volunteers of the demo district. */
@Injectable()
export class SeedDistrict {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly acting: ActingAs,
    private readonly organizations: SeedOrganizations,
    private readonly money: SeedBudget,
    private readonly plan: ImportPlan,
    private readonly profiles: SaveVolunteerProfile,
  ) {}

  async execute(ids: ReadonlyMap<string, string>): Promise<void> {
    await this.figures();
    const buyerId = await this.organizations.execute(ids);
    await this.money.execute(ids, buyerId);
    await this.acting.official(ids, 'purchaser', 'purchaser', (today) =>
      this.plan.execute({ areaCode: DEMO_DISTRICT, fileName: 'demo-plan.csv', content: planFile(today) }),
    );
    for (const person of DEMO_PEOPLE.filter(({ volunteer }) => volunteer)) {
      await this.acting.person(ids, person.login, () =>
        this.profiles.execute({
          birthDate: '1985-06-01',
          areaCode: STREET,
          skills: ['陪伴'],
          guardianConsent: false,
        }),
      );
    }
  }

  /**
   * Figures that a real bureau sets itself. Where the law demands days of waiting, the demo district has none,
   * so that a whole purchase can be watched in a minute; the rows say so.
   */
  private async figures(): Promise<void> {
    await this.uow.sql(
      `INSERT INTO platform.figure (code, area_code, validity, value, unit, source, grade) VALUES
         ('procurement.public-tender-threshold-fen', $1, '[2020-01-01,)', 400000000, 'fen', 'demo district, invented', 'demo'),
         ('procurement.purchase-limit-fen', $1, '[2020-01-01,)', 50000000, 'fen', 'demo district, invented', 'demo'),
         ('procurement.consultation-min-days', $1, '[2020-01-01,)', 0, 'calendar-day', 'shortened for the demonstration; the law asks 10', 'demo'),
         ('procurement.intention-lead-days', $1, '[2020-01-01,)', 0, 'calendar-day', 'shortened for the demonstration; the rule is 30', 'demo')
       ON CONFLICT DO NOTHING`,
      [DEMO_DISTRICT],
    );
  }
}

function planFile(today: string): Buffer {
  const month = `${today.slice(0, 4)}年${today.slice(5, 7)}月`;
  const rows = DEMO_PLAN.map(([title, summary, budgetWan]) =>
    [DEMO_BUYER.name, title, summary, budgetWan, month].join(','),
  );
  return Buffer.from(
    ['采购单位,采购项目名称,采购需求概况,预算金额(万元),预计采购时间', ...rows, ''].join('\n'),
  );
}

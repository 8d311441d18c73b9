import { Money } from '#libs/kernel';
import { DISTRICT, GivenDistrict } from '../../../../test/support/given-district.js';
import { AssignBudget } from './assign-budget.js';
import { CreatePlanItem } from './create-plan-item.js';
import { MakePlanItemReady } from './make-plan-item-ready.js';
import { PublishIntention } from './publish-intention.js';
import { RecordOpinion } from './record-opinion.js';

/** What a plan item and its tender are worth unless something else is asked for. */
export const CEILING_FEN = 20_000_000;

export class GivenPlanItems extends GivenDistrict {
  /** A plan item that has passed every gate. */
  async readyPlanItem(
    options: { lineId?: string; budgetFen?: number } = {},
  ): Promise<{ planItemId: string; lineId: string }> {
    const lineId = options.lineId ?? (await this.budgetLine());
    const buyerOrganizationId = await this.buyer();
    const planItemId = await this.test.as(this.purchaser, async () => {
      const { id } = await this.test.get(CreatePlanItem).execute({
        areaCode: DISTRICT,
        buyerName: '测试街道办事处',
        title: `测试服务项目${this.next()}`,
        summary: '测试',
        serviceKind: 'public-service',
        budget: Money.fen(options.budgetFen ?? CEILING_FEN),
        expectedMonth: `${this.year}-12`,
      });
      await this.test.get(AssignBudget).execute(id, { budgetLineId: lineId, buyerOrganizationId });
      await this.test.get(PublishIntention).execute(id);
      await this.recordOpinions(id);
      await this.test.get(MakePlanItemReady).execute(id, { exemptionReason: '测试中不等待公开期' });
      return id;
    });
    return { planItemId, lineId };
  }

  /** Both opinions that a public service needs; call it as a purchaser. */
  async recordOpinions(planItemId: string): Promise<void> {
    const asked = {
      channel: '公告',
      beganOn: '2026-01-05',
      endedOn: '2026-01-12',
      summary: '同意',
      reply: '已采纳',
    };
    const record = this.test.get(RecordOpinion);
    await record.execute(planItemId, { ...asked, kind: 'public-opinion', commentCount: 2, respondents: [] });
    await record.execute(planItemId, {
      ...asked,
      kind: 'need-survey',
      commentCount: 3,
      respondents: ['测试机构甲', '测试机构乙', '测试机构丙'],
    });
  }
}

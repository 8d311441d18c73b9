import { BudgetsApi, lineAppropriated } from '#modules/budgets';
import { defineNotice, yuanEn, yuanZh } from '#platform';
import { PlanItemReads } from './plan-items.read.js';
import { intentionPublished } from './planning.events.js';
import { planningPermissions } from './planning.permissions.js';

defineNotice(intentionPublished, {
  about: ({ planItemId }) => ({ type: 'plan-item', id: planItemId }),
  facts: async (payload, ask) => ({
    ...payload,
    title: await ask(PlanItemReads).title(payload.planItemId),
  }),
  tell: [
    {
      who: ({ areaCode }, people) => people.followersOf(areaCode),
      zh: ({ title }) => ({
        subject: `采购意向公开：${title}`,
        body: `您关注的辖区公开了采购意向“${title}”。`,
      }),
      en: ({ title }) => ({
        subject: `A purchase is coming: ${title}`,
        body: `In an area you follow, the intention to buy "${title}" was published.`,
      }),
    },
  ],
});

defineNotice(lineAppropriated, {
  about: ({ lineId }) => ({ type: 'budget-line', id: lineId }),
  facts: async (payload, ask) => ({ ...payload, line: await ask(BudgetsApi).line(payload.lineId) }),
  tell: [
    {
      who: ({ line }, people) => people.inArea(planningPermissions.plan, line.areaCode),
      zh: ({ line, amountFen }) => ({
        subject: `预算下达或调整：${line.name}`,
        body: `${line.fiscalYear} 年预算指标“${line.name}”变动 ${yuanZh(amountFen)}。`,
      }),
      en: ({ line, amountFen }) => ({
        subject: `Budget appropriated or adjusted: ${line.name}`,
        body: `The ${line.fiscalYear} budget line "${line.name}" changed by ${yuanEn(amountFen)}.`,
      }),
    },
  ],
});

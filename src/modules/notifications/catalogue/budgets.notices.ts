import { budgetsPermissions, lineAppropriated, paymentFailed, paymentRequested } from '#modules/budgets';
import { contractPermissions } from '#modules/contracts';
import { procurementPermissions } from '#modules/procurement';
import { type Notice, notice } from './notice.js';
import { yuanEn, yuanZh } from './wording.js';

const aboutPayment = ({ paymentId }: { paymentId: string }) => ({ type: 'payment', id: paymentId });

export const budgetNotices: readonly Notice[] = [
  notice(lineAppropriated, {
    about: ({ lineId }) => ({ type: 'budget-line', id: lineId }),
    facts: async (payload, facts) => ({ ...payload, line: await facts.budgets.line(payload.lineId) }),
    tell: [
      {
        who: ({ line }, people) => people.inArea(procurementPermissions.plan, line.areaCode),
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
  }),
  notice(paymentRequested, {
    about: aboutPayment,
    facts: async (payload, facts) => ({ ...payload, award: await facts.procurement.award(payload.awardId) }),
    tell: [
      {
        who: ({ award }, people) =>
          people.inOrganization(contractPermissions.deliver, award.supplierOrganizationId),
        zh: ({ award, amountFen }) => ({
          subject: `付款已发起：${award.title}`,
          body: `“${award.title}”的一笔款项 ${yuanZh(amountFen)} 已发起支付。`,
        }),
        en: ({ award, amountFen }) => ({
          subject: `Payment ordered: ${award.title}`,
          body: `A payment of ${yuanEn(amountFen)} for "${award.title}" has been ordered.`,
        }),
      },
    ],
  }),
  notice(paymentFailed, {
    about: aboutPayment,
    facts: async (payload, facts) => ({ ...payload, award: await facts.procurement.award(payload.awardId) }),
    tell: [
      {
        who: ({ award }, people) => people.inArea(budgetsPermissions.pay, award.areaCode),
        zh: ({ award, reasonCode }) => ({
          subject: `付款失败，请处理：${award.title}`,
          body: `国库未执行“${award.title}”的一笔付款，原因代码 ${reasonCode}。核对后可重新发起。`,
        }),
        en: ({ award, reasonCode }) => ({
          subject: `A payment failed: ${award.title}`,
          body: `The treasury did not carry out a payment for "${award.title}" (${reasonCode}). Check it and try again.`,
        }),
      },
    ],
  }),
];

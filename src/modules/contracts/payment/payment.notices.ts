import { type Ask, defineNotice, tellNobody, yuanEn, yuanZh } from '#platform';
import {
  paymentFailed,
  paymentRequested,
  paymentSettled,
  paymentsPermissions,
  refusalWords,
} from '#modules/budgets';
import { ProcurementApi } from '#modules/procurement';
import { milestoneAccepted } from '../delivery/delivery.events.js';
import { deliveryPermissions as may } from '../delivery/delivery.permissions.js';
import { aboutContract, withContract } from '../terms/terms.notices.js';
import { termsPermissions } from '../terms/terms.permissions.js';
import { contractCompleted, milestonePaid } from './payment.events.js';
import { paymentPermissions } from './payment.permissions.js';

const aboutPayment = ({ paymentId }: { paymentId: string }) => ({ type: 'payment', id: paymentId });
const withAward = async <P extends { awardId: string }>(payload: P, ask: Ask) => ({
  ...payload,
  award: await ask(ProcurementApi).award(payload.awardId),
});

tellNobody(paymentSettled, 'contracts.milestone-paid.v1 follows from it and tells the same people');

defineNotice(milestoneAccepted, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
  tell: [
    {
      who: ({ contract }, people) => people.inOrganization(may.deliver, contract.supplierOrganizationId),
      zh: ({ contract, amountFen }) => ({
        subject: `验收通过：${contract.title}`,
        body: `一个阶段已验收，应付 ${yuanZh(amountFen)}。`,
      }),
      en: ({ contract, amountFen }) => ({
        subject: `Accepted: ${contract.title}`,
        body: `A milestone is accepted; ${yuanEn(amountFen)} is owed to your organization.`,
      }),
    },
    {
      who: ({ contract }, people) => people.inArea(paymentPermissions['request-payment'], contract.areaCode),
      zh: ({ contract, amountFen }) => ({
        subject: `待付款：${contract.title}`,
        body: `一个阶段已验收，应付 ${yuanZh(amountFen)}，请在法定期限内支付。`,
      }),
      en: ({ contract, amountFen }) => ({
        subject: `To be paid: ${contract.title}`,
        body: `A milestone is accepted; please pay ${yuanEn(amountFen)} within the legal period.`,
      }),
    },
  ],
});

defineNotice(paymentRequested, {
  about: aboutPayment,
  facts: (payload, ask) => withAward(payload, ask),
  tell: [
    {
      who: ({ award }, people) => people.inOrganization(may.deliver, award.supplierOrganizationId),
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
});

defineNotice(milestonePaid, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
  tell: [
    {
      who: ({ contract }, people) => people.inOrganization(may.deliver, contract.supplierOrganizationId),
      zh: ({ contract, amountFen }) => ({
        subject: `已付款：${contract.title}`,
        body: `“${contract.title}”的一个阶段已付款 ${yuanZh(amountFen)}。`,
      }),
      en: ({ contract, amountFen }) => ({
        subject: `Paid: ${contract.title}`,
        body: `A milestone of "${contract.title}" was paid: ${yuanEn(amountFen)}.`,
      }),
    },
  ],
});

defineNotice(contractCompleted, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
  tell: [
    {
      who: async ({ contract }, people) => [
        ...(await people.inOrganization(may.deliver, contract.supplierOrganizationId)),
        ...(await people.inArea(termsPermissions.draft, contract.areaCode)),
      ],
      zh: ({ contract }) => ({
        subject: `合同已完成：${contract.title}`,
        body: '全部阶段均已验收并付清。',
      }),
      en: ({ contract }) => ({
        subject: `Contract completed: ${contract.title}`,
        body: 'All milestones are accepted and paid.',
      }),
    },
  ],
});

defineNotice(paymentFailed, {
  about: aboutPayment,
  facts: (payload, ask) => withAward(payload, ask),
  tell: [
    {
      who: ({ award }, people) => people.inArea(paymentsPermissions.pay, award.areaCode),
      zh: ({ award, reasonCode }) => ({
        subject: `付款失败，请处理：${award.title}`,
        body: `国库未执行“${award.title}”的一笔付款（${refusalWords(reasonCode).zh}）。核对后可重新发起。`,
      }),
      en: ({ award, reasonCode }) => ({
        subject: `A payment failed: ${award.title}`,
        body: `The treasury did not carry out a payment for "${award.title}" (${refusalWords(reasonCode).en}). Check it and try again.`,
      }),
    },
  ],
});

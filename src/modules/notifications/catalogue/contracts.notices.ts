import {
  contractCompleted,
  contractDrafted,
  contractPermissions as may,
  contractSigned,
  milestoneAccepted,
  milestoneDelivered,
  milestonePaid,
  milestoneRejected,
} from '#modules/contracts';
import { projectOpened, projectPermissions } from '#modules/projects';
import type { Facts } from './facts.js';
import { type Notice, notice } from './notice.js';
import { yuanEn, yuanZh } from './wording.js';

const aboutContract = ({ contractId }: { contractId: string }) => ({ type: 'contract', id: contractId });
const contractOf = async <P extends { contractId: string }>(payload: P, facts: Facts) => ({
  ...payload,
  contract: await facts.contracts.contract(payload.contractId),
});

const contractNotices: readonly Notice[] = [
  notice(contractDrafted, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
    tell: [
      {
        who: ({ contract }, people) => people.inArea(may.draft, contract.areaCode),
        zh: ({ contract }) => ({
          subject: `合同草案待拟定：${contract.title}`,
          body: '请拟定合同期限和阶段，再由双方签署。',
        }),
        en: ({ contract }) => ({
          subject: `A contract to be drafted: ${contract.title}`,
          body: 'Set its term and milestones; then both parties sign.',
        }),
      },
    ],
  }),
  notice(contractSigned, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
    tell: [
      {
        who: async ({ contract, supplierOrganizationId }, people) => [
          ...(await people.inOrganization(may.deliver, supplierOrganizationId)),
          ...(await people.inArea(may.draft, contract.areaCode)),
          ...(await people.inArea(may.accept, contract.areaCode)),
        ],
        zh: ({ contract, startsOn, endsOn }) => ({
          subject: `合同已生效：${contract.title}`,
          body: `双方已签署“${contract.title}”，履行期限 ${startsOn} 至 ${endsOn}。`,
        }),
        en: ({ contract, startsOn, endsOn }) => ({
          subject: `Contract signed: ${contract.title}`,
          body: `Both parties have signed "${contract.title}"; it runs from ${startsOn} to ${endsOn}.`,
        }),
      },
    ],
  }),
  notice(contractCompleted, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
    tell: [
      {
        who: async ({ contract }, people) => [
          ...(await people.inOrganization(may.deliver, contract.supplierOrganizationId)),
          ...(await people.inArea(may.draft, contract.areaCode)),
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
  }),
  notice(projectOpened, {
    about: ({ projectId }) => ({ type: 'project', id: projectId }),
    facts: async (payload, facts) => ({
      ...payload,
      project: await facts.projects.project(payload.projectId),
    }),
    tell: [
      {
        who: ({ organizationId }, people) =>
          people.inOrganization(projectPermissions.describe, organizationId),
        zh: ({ project }) => ({
          subject: `项目已建立：${project.title}`,
          body: '请完善项目介绍，可以开始安排志愿班次。',
        }),
        en: ({ project }) => ({
          subject: `Project opened: ${project.title}`,
          body: 'Describe it for the residents; shifts can be planned from now on.',
        }),
      },
    ],
  }),
];

const milestoneNotices: readonly Notice[] = [
  notice(milestoneDelivered, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
    tell: [
      {
        who: ({ contract }, people) => people.inArea(may.accept, contract.areaCode),
        zh: ({ contract }) => ({
          subject: `待验收：${contract.title}`,
          body: '供应商提交了履约成果，请按合同期限验收。',
        }),
        en: ({ contract }) => ({
          subject: `To be accepted: ${contract.title}`,
          body: 'The supplier has delivered a milestone; please decide within the term of the contract.',
        }),
      },
    ],
  }),
  notice(milestoneAccepted, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
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
        who: ({ contract }, people) => people.inArea(may['request-payment'], contract.areaCode),
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
  }),
  notice(milestoneRejected, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
    tell: [
      {
        who: ({ contract }, people) => people.inOrganization(may.deliver, contract.supplierOrganizationId),
        zh: ({ contract }) => ({
          subject: `验收未通过：${contract.title}`,
          body: '请登录查看原因，整改后重新提交。',
        }),
        en: ({ contract }) => ({
          subject: `Not accepted: ${contract.title}`,
          body: 'Sign in to see why, put it right and deliver again.',
        }),
      },
    ],
  }),
  notice(milestonePaid, {
    about: aboutContract,
    facts: (payload, facts) => contractOf(payload, facts),
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
  }),
];

export const contractAndProjectNotices: readonly Notice[] = [...contractNotices, ...milestoneNotices];

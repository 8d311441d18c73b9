import { defineNotice } from '#platform';
import { contractSigned } from '../signing/signing.events.js';
import { aboutContract, withContract } from '../terms/terms.notices.js';
import { termsPermissions } from '../terms/terms.permissions.js';
import { milestoneDelivered, milestoneRejected } from './delivery.events.js';
import { deliveryPermissions as may } from './delivery.permissions.js';

defineNotice(contractSigned, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
  tell: [
    {
      who: async ({ contract, supplierOrganizationId }, people) => [
        ...(await people.inOrganization(may.deliver, supplierOrganizationId)),
        ...(await people.inArea(termsPermissions.draft, contract.areaCode)),
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
});

defineNotice(milestoneDelivered, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
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
});

defineNotice(milestoneRejected, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
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
});

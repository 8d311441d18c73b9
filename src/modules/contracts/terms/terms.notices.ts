import { type Ask, defineNotice } from '#platform';
import { ContractReads } from './contracts.read.js';
import { contractDrafted } from './terms.events.js';
import { termsPermissions } from './terms.permissions.js';

export const aboutContract = ({ contractId }: { contractId: string }) => ({
  type: 'contract',
  id: contractId,
});

/** What every notice about a contract needs: what happened, and to which contract. */
export async function withContract<P extends { contractId: string }>(payload: P, ask: Ask) {
  return { ...payload, contract: await ask(ContractReads).summary(payload.contractId) };
}

defineNotice(contractDrafted, {
  about: aboutContract,
  facts: (payload, ask) => withContract(payload, ask),
  tell: [
    {
      who: ({ contract }, people) => people.inArea(termsPermissions.draft, contract.areaCode),
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
});

import { defineObject } from '#platform';
import { Contract, Milestone } from './contract.entity.js';
import { contractStates, milestoneStates } from './contract.state.js';

export const contractObject = defineObject({
  name: 'contracts.contract',
  entity: Contract,
  machines: { state: contractStates },
  acts: { draft: { zh: '起草', en: 'drafted' } },
  traced: ['awardId', 'amount', 'startsOn', 'endsOn'],
});

/** The contract is locked before its milestones. */
export const milestoneObject = defineObject({
  name: 'contracts.milestone',
  entity: Milestone,
  machines: { state: milestoneStates },
  acts: { plan: { zh: '设定', en: 'planned' } },
  traced: ['contractId', 'amount'],
  under: { type: contractObject, id: ({ contractId }) => contractId },
});

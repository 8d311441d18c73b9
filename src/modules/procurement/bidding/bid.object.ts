import { defineObject } from '#platform';
import { tenderObject } from '../tendering/tender.object.js';
import { Bid } from './bid.entity.js';
import { bidStates } from './bid.state.js';

export const bidObject = defineObject({
  name: 'procurement.bid',
  entity: Bid,
  machines: { state: bidStates },
  acts: { 'open-bid': { zh: '开启响应文件', en: 'open the bid' } },
  // Not the offer: what an evaluator may see of it depends on their declaration.
  traced: ['tenderId', 'organizationId', 'decidedBy'],
  under: { type: tenderObject, id: ({ tenderId }) => tenderId },
  time: 'database',
});

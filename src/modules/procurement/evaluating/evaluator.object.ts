import { defineObject } from '#platform';
import { tenderObject } from '../tendering/tender.object.js';
import { Evaluator } from './evaluator.entity.js';
import { evaluatorStates } from './evaluator.state.js';

export const evaluatorObject = defineObject({
  name: 'procurement.evaluator',
  entity: Evaluator,
  machines: { state: evaluatorStates },
  acts: { appoint: { zh: '聘请', en: 'appoint' } },
  traced: ['tenderId', 'accountId'],
  under: { type: tenderObject, id: ({ tenderId }) => tenderId },
  time: 'database',
});

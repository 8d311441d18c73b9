import { defineObject } from '#platform';
import { Tender } from './tender.entity.js';
import { tenderStates } from './tender.state.js';

/** Locked before its plan item, its bids in the order of their ids, its evaluators, and the money. */
export const tenderObject = defineObject({
  name: 'procurement.tender',
  entity: Tender,
  machines: { state: tenderStates },
  acts: {
    'draft-tender': { zh: '编制采购文件', en: 'draft the tender' },
    'appoint-evaluators': { zh: '增补评审专家', en: 'appoint further evaluators' },
  },
  traced: ['planItemId', 'method', 'ceiling', 'bidDeadline', 'noticeUrl', 'endReasonCode'],
  time: 'database',
});

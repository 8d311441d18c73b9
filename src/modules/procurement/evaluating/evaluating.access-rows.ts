import type { AreaRole } from '#libs/kernel';
import { type AccessRow, own, UNKNOWN_ID } from '../../../../test/support/access-row.js';
import { PLAN_READERS } from '../planning/planning.access-rows.js';

const BID_READERS: AreaRole[] = ['purchaser', 'approver', 'supervisor', 'auditor'];

export const evaluatingRows: readonly AccessRow[] = [
  {
    route: 'GET /api/v1/tenders/:id/bids',
    guard: [...BID_READERS, 'evaluator'],
    path: (o) => [o.openedTenderId],
    reach: [...own(...BID_READERS), 'appointed'],
  },
  {
    route: 'GET /api/v1/tenders/:id/bids/:bidId/files/:fileId',
    guard: [...BID_READERS, 'evaluator'],
    path: (o) => [o.openedTenderId, o.bidId, o.bidFileId],
    reach: [...own(...BID_READERS), 'appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/evaluators',
    guard: ['purchaser'],
    path: (o) => [o.openedTenderId],
    body: () => ({ accountIds: [UNKNOWN_ID] }),
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/tenders/:id/declaration',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({ interests: [] }),
    reach: ['appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/bids/:bidId/qualification',
    guard: ['purchaser'],
    path: (o) => [o.openedTenderId, o.bidId],
    body: () => ({ qualified: true, reason: 'test' }),
    reach: own('purchaser'),
  },
  {
    route: 'GET /api/v1/tenders/:id/score-sheet',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    reach: ['appointed'],
  },
  {
    route: 'PUT /api/v1/tenders/:id/score-sheet',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({ bids: [] }),
    reach: ['appointed'],
  },
  {
    route: 'POST /api/v1/tenders/:id/score-sheet/sign',
    guard: ['evaluator'],
    path: (o) => [o.openedTenderId],
    body: () => ({}),
    reach: ['appointed'],
  },
  {
    // Published with the award; of a draft nobody else learns even that there is none yet.
    route: 'GET /api/v1/tenders/:id/ranking',
    guard: 'everybody',
    path: (o) => [o.draftTenderId],
    reach: own(...PLAN_READERS),
  },
];

import { type AreaRole } from '#libs/kernel';
import { linesRows } from '../../src/modules/budgets/lines/lines.access-rows.js';
import { paymentsRows } from '../../src/modules/budgets/payments/payments.access-rows.js';
import { settlementRows } from '../../src/modules/budgets/settlement/settlement.access-rows.js';
import { planningRows } from '../../src/modules/procurement/planning/planning.access-rows.js';
import { importingRows } from '../../src/modules/procurement/importing/importing.access-rows.js';
import { tenderingRows } from '../../src/modules/procurement/tendering/tendering.access-rows.js';
import { biddingRows } from '../../src/modules/procurement/bidding/bidding.access-rows.js';
import { evaluatingRows } from '../../src/modules/procurement/evaluating/evaluating.access-rows.js';
import { awardingRows } from '../../src/modules/procurement/awarding/awarding.access-rows.js';
import { type AccessRow, ADMIN, COLLEAGUES, own } from './access-row.js';
import type { Objects } from './access-world.js';

const CONTRACT_READERS: AreaRole[] = [
  'purchaser',
  'approver',
  'acceptor',
  'finance',
  'supervisor',
  'auditor',
];

const budgets: readonly AccessRow[] = [...linesRows, ...paymentsRows, ...settlementRows];

const procurement: readonly AccessRow[] = [
  ...planningRows,
  ...importingRows,
  ...tenderingRows,
  ...biddingRows,
  ...evaluatingRows,
  ...awardingRows,
];

const contracts: AccessRow[] = [
  {
    route: 'GET /api/v1/contracts',
    guard: [...CONTRACT_READERS, 'organization-admin', 'organization-staff'],
    shows: { id: (o) => o.contractId, to: [...own(...CONTRACT_READERS), ...COLLEAGUES] },
  },
  ...(
    [
      ['GET /api/v1/contracts/:id', (o) => [o.contractId]],
      ['GET /api/v1/contracts/:id/deliveries', (o) => [o.contractId]],
      [
        'GET /api/v1/contracts/:id/deliveries/:deliveryId/files/:fileId',
        (o) => [o.contractId, o.deliveryId, o.deliveryFileId],
      ],
    ] as [string, (o: Objects) => string[]][]
  ).map(([route, path]): AccessRow => ({
    route,
    guard: [...CONTRACT_READERS, 'organization-admin', 'organization-staff'],
    path,
    reach: [...own(...CONTRACT_READERS), ...COLLEAGUES],
  })),
  {
    route: 'PUT /api/v1/contracts/:id/terms',
    guard: ['purchaser'],
    path: (o) => [o.contractId],
    body: () => ({
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      texts: {
        content: '-',
        quantity: '-',
        quality: '-',
        settlement: '-',
        rightsAndDuties: '-',
        breach: '-',
      },
      milestones: [{ title: '-', amountFen: 1, dueOn: '2026-06-01', acceptanceDueOn: '2026-06-15' }],
    }),
    reach: own('purchaser'),
  },
  {
    route: 'POST /api/v1/contracts/:id/sign',
    guard: ['approver', 'organization-admin'],
    path: (o) => [o.contractId],
    reach: [...own('approver'), ...ADMIN],
  },
  {
    route: 'POST /api/v1/milestones/:id/deliver',
    guard: ['organization-admin', 'organization-staff'],
    path: (o) => [o.milestoneId],
    body: () => ({ note: 'test', fileIds: [] }),
    reach: COLLEAGUES,
  },
  {
    route: 'POST /api/v1/milestones/:id/accept',
    guard: ['acceptor'],
    path: (o) => [o.milestoneId],
    body: () => ({ note: 'test', opinions: [] }),
    reach: own('acceptor'),
  },
  {
    route: 'POST /api/v1/milestones/:id/reject',
    guard: ['acceptor'],
    path: (o) => [o.milestoneId],
    body: () => ({ reason: 'test' }),
    reach: own('acceptor'),
  },
  {
    route: 'POST /api/v1/milestones/:id/request-payment',
    guard: ['finance'],
    path: (o) => [o.milestoneId],
    reach: own('finance'),
  },
];

export const purchasingRows: readonly AccessRow[] = [...budgets, ...procurement, ...contracts];

import { type AccessRow, elsewhere, own } from '../../../test/support/access-row.js';

/** Whose messages and e-mails somebody may see and decide on. */
export const notificationsRows: readonly AccessRow[] = [
  { route: 'GET /api/v1/messages', guard: 'members', shows: { id: (o) => o.messageId, to: ['owner'] } },
  { route: 'GET /api/v1/messages/unread-count', guard: 'members' },
  { route: 'POST /api/v1/messages/:id/read', guard: 'members', path: (o) => [o.messageId], reach: ['owner'] },
  { route: 'GET /api/v1/notification-preferences', guard: 'members' },
  { route: 'PUT /api/v1/notification-preferences', guard: 'members' },
  {
    // Without addresses or texts, and the operator of any area keeps the one queue of the product.
    route: 'GET /api/v1/notifications/uncertain-emails',
    guard: ['platform-operator'],
    shows: {
      id: (o) => o.emailId,
      to: [...own('platform-operator'), ...elsewhere('platform-operator')],
    },
  },
  ...(['resend', 'dismiss'] as const).map((what): AccessRow => ({
    route: `POST /api/v1/notifications/uncertain-emails/:id/${what}`,
    guard: ['platform-operator'],
    path: (o) => [o.emailId],
  })),
];

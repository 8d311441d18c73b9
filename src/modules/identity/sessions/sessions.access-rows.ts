import type { AccessRow } from '../../../../test/support/access-row.js';

/** Whose sessions and data somebody may see; signing out comes last of all, see `access-table.ts`. */
export const sessionsRows: readonly AccessRow[] = [
  { route: 'POST /api/v1/sessions', guard: 'everybody' },
  { route: 'GET /api/v1/sessions', guard: 'members', shows: { id: (o) => o.sessionId, to: ['owner'] } },
  {
    route: 'DELETE /api/v1/sessions/:id',
    guard: 'members',
    path: (o) => [o.sessionId],
    reach: ['owner'],
    refusal: { status: 404, code: 'identity.session-not-found' },
  },
  { route: 'GET /api/v1/me', guard: 'members' },
  { route: 'GET /api/v1/me/refusals', guard: 'members', shows: { id: (o) => o.refusalId, to: ['owner'] } },
  { route: 'POST /api/v1/me/password', guard: 'members' },
];

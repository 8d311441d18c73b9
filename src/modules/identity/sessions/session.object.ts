import { defineObject } from '#platform';
import { Session } from './session.entity.js';
import { sessionsErrors } from './sessions.errors.js';

/** A session. It has no states beside its instants; being seen is a mark, no act. */
export const sessionObject = defineObject({
  name: 'identity.session',
  entity: Session,
  machines: {},
  acts: {
    'sign-in': { zh: '登录', en: 'sign in' },
    'sign-out': { zh: '退出登录', en: 'sign out' },
  },
  traced: ['accountId', 'expiresAt', 'revokedAt'],
  missing: () => sessionsErrors.sessionNotFound(),
});

/**
 * How long a login name must wait after wrong passwords. GB/T 22239 level 3 asks for a lock after N failures;
 * the wait doubles instead of lasting for good, so that a stranger can slow a person down but never shut them
 * out. The count is kept per login name whether or not an account has it.
 */
export const FREE_FAILURES = 4;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** After a day without a failure the count begins anew. */
const FORGET_AFTER_MS = 86_400_000;

export interface LoginFailures {
  readonly failures: number;
  readonly lastFailedAt: Date;
  readonly lockedUntil: Date | null;
}

/** Whole seconds until another try is allowed; 0 when it is allowed now. */
export function secondsToWait(state: LoginFailures | undefined, now: Date): number {
  const left = (state?.lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 0 ? Math.ceil(left / 1000) : 0;
}

export function afterFailure(state: LoginFailures | undefined, now: Date): LoginFailures {
  const remembered = state !== undefined && now.getTime() - state.lastFailedAt.getTime() < FORGET_AFTER_MS;
  const failures = (remembered ? state.failures : 0) + 1;
  if (failures <= FREE_FAILURES) return { failures, lastFailedAt: now, lockedUntil: null };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_FAILURES - 1, 20), LONGEST_WAIT_MS);
  return { failures, lastFailedAt: now, lockedUntil: new Date(now.getTime() + wait) };
}

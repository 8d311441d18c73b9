import { type Ask, beijingSpan, beijingTime } from '#platform';
import { ShiftReads } from './shifts.read.js';

const MINUTE_MS = 60_000;

export const aboutShift = ({ shiftId }: { shiftId: string }) => ({ type: 'shift', id: shiftId });

/** Somebody without a login has nowhere to read it. */
export const themselves = ({ accountId }: { accountId: string | null }) =>
  accountId === null ? [] : [accountId];

/** What every notice about a shift needs: what happened, and where and when the shift is. */
export async function withShift<P extends { shiftId: string }>(payload: P, ask: Ask) {
  const { title, place, startsAt, endsAt, promotionLeadMinutes } = await ask(ShiftReads).summary(
    payload.shiftId,
  );
  const queueEnds = new Date(startsAt.getTime() - promotionLeadMinutes * MINUTE_MS);
  const time = beijingSpan(startsAt, endsAt);
  return { ...payload, title, place, time, queueEnds: beijingTime(queueEnds) };
}

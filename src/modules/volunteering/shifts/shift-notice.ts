import { type Ask, beijingSpan } from '#platform';
import { ShiftReads } from './shifts.read.js';

export const aboutShift = ({ shiftId }: { shiftId: string }) => ({ type: 'shift', id: shiftId });

/** What every notice about a shift needs: what happened, and where and when the shift is. */
export async function withShift<P extends { shiftId: string }>(payload: P, ask: Ask) {
  const { title, place, startsAt, endsAt } = await ask(ShiftReads).summary(payload.shiftId);
  return { ...payload, title, place, time: beijingSpan(startsAt, endsAt) };
}

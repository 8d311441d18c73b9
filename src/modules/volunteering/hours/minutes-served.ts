const MINUTE_MS = 60_000;

interface Attendance {
  readonly checkedInAt: Date | null;
  readonly checkedOutAt: Date | null;
}

/** Whole minutes between check-in and check-out inside the shift, rounded half up; none without both. */
export function minutesServed(
  { checkedInAt, checkedOutAt }: Attendance,
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date },
): number {
  if (checkedInAt === null || checkedOutAt === null) return 0;
  const from = Math.max(checkedInAt.getTime(), startsAt.getTime());
  const to = Math.min(checkedOutAt.getTime(), endsAt.getTime());
  return Math.max(0, Math.round((to - from) / MINUTE_MS));
}

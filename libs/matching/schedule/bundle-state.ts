import type { MatchingInstance } from '../instance.js';

/** Answers whether one more shift fits a volunteer's own rules: rest, minutes, shifts, minutes per period. */
export class BundleState {
  constructor(private readonly instance: MatchingInstance) {}

  /** True when edge `e` can join what volunteer `i` holds in `taken`. */
  fits(i: number, taken: Uint8Array, e: number): boolean {
    const { ptr, col, start, end, rest, maxMinutes, maxShifts, period, maxMinutesPerPeriod } = this.instance;
    const slot = col[e] as number;
    const length = (end[slot] as number) - (start[slot] as number);
    let minutes = length;
    let minutesInPeriod = length;
    let shifts = 1;
    for (let f = ptr[i] as number; f < (ptr[i + 1] as number); f++) {
      if (taken[f] === 0 || f === e) continue;
      const other = col[f] as number;
      if (clash(this.instance, slot, other)) return false;
      const otherLength = (end[other] as number) - (start[other] as number);
      minutes += otherLength;
      if (period !== undefined && period[other] === period[slot]) minutesInPeriod += otherLength;
      shifts++;
    }
    if (rest < 0 || shifts > (maxShifts[i] as number) || minutes > (maxMinutes[i] as number)) return false;
    return maxMinutesPerPeriod === undefined || minutesInPeriod <= (maxMinutesPerPeriod[i] as number);
  }
}

/** True when one person cannot work both slots: they overlap or leave less than the rest between them. */
export function clash(instance: MatchingInstance, a: number, b: number): boolean {
  const { start, end, rest } = instance;
  return (start[a] as number) < (end[b] as number) + rest && (start[b] as number) < (end[a] as number) + rest;
}

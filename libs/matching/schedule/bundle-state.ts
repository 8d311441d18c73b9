import type { MatchingInstance } from '../instance.js';

/** Answers whether one more shift fits a volunteer's own rules: rest, minutes, shifts, minutes per period. */
export class BundleState {
  constructor(private readonly instance: MatchingInstance) {}

  /** True when edge `e` can join what volunteer `i` holds in `taken`. */
  fits(i: number, taken: Uint8Array, e: number): boolean {
    const { ptr, col, start, end, rest, maxMinutes, maxShifts, period, maxMinutesPerPeriod } = this.instance;
    const slot = col[e];
    const length = end[slot] - start[slot];
    let minutes = length;
    let minutesInPeriod = length;
    let shifts = 1;
    for (let f = ptr[i]; f < ptr[i + 1]; f++) {
      if (taken[f] === 0 || f === e) continue;
      const other = col[f];
      if (clash(this.instance, slot, other)) return false;
      const otherLength = end[other] - start[other];
      minutes += otherLength;
      if (period !== undefined && period[other] === period[slot]) minutesInPeriod += otherLength;
      shifts++;
    }
    if (rest < 0 || shifts > maxShifts[i] || minutes > maxMinutes[i]) return false;
    return maxMinutesPerPeriod === undefined || minutesInPeriod <= maxMinutesPerPeriod[i];
  }
}

/** True when one person cannot work both slots: they overlap or leave less than the rest between them. */
export function clash(instance: MatchingInstance, a: number, b: number): boolean {
  const { start, end, rest } = instance;
  return start[a] < end[b] + rest && start[b] < end[a] + rest;
}

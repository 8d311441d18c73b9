import { penaltiesOf, type MatchingInstance } from './instance.js';

/** Which hard rules an assignment is judged by. */
export type Problem = 'pure' | 'schedule';

/** What the checker found; `violations` counts broken hard rules by name. */
export interface CheckReport {
  /** Σ score − Σ penalty × missing heads. */
  readonly objective: number;
  readonly scoreSum: number;
  readonly missingHeads: number;
  readonly penaltySum: number;
  readonly assigned: number;
  readonly violations: number;
  readonly broken: Readonly<Record<string, number>>;
}

/**
 * Recomputes an assignment from nothing but the instance. It shares no code with the solvers, on
 * purpose: it is the judge in every test and after every run.
 *
 * @param taken one byte per edge, 0 or 1
 */
export function checkAssignment(
  instance: MatchingInstance,
  taken: Uint8Array,
  problem: Problem,
): CheckReport {
  const broken: Record<string, number> = {};
  const breaks = (rule: string): void => {
    broken[rule] = (broken[rule] ?? 0) + 1;
  };
  if (taken.length !== instance.edges) breaks('one byte per edge');
  const load = new Array<number>(instance.slots).fill(0);
  let scoreSum = 0;
  let assigned = 0;
  for (let i = 0; i < instance.volunteers; i++) {
    const mine: number[] = [];
    for (let e = instance.ptr[i]; e < instance.ptr[i + 1]; e++) {
      if (taken[e] === 0) continue;
      if (taken[e] !== 1) breaks('bytes are 0 or 1');
      scoreSum += instance.score[e];
      assigned++;
      load[instance.col[e]]++;
      mine.push(instance.col[e]);
    }
    if (problem === 'pure') {
      if (mine.length > instance.maxSlots[i]) breaks('slots per volunteer');
    } else {
      checkSchedule(instance, i, mine, breaks);
    }
  }
  const penalties = penaltiesOf(instance);
  let missingHeads = 0;
  let penaltySum = 0;
  load.forEach((heads, j) => {
    if (heads > instance.max[j]) breaks('heads per slot');
    const missing = Math.max(0, instance.min[j] - heads);
    missingHeads += missing;
    penaltySum += missing * penalties[j];
  });
  const violations = Object.values(broken).reduce((a, b) => a + b, 0);
  return {
    objective: scoreSum - penaltySum,
    scoreSum,
    missingHeads,
    penaltySum,
    assigned,
    violations,
    broken,
  };
}

function checkSchedule(
  instance: MatchingInstance,
  volunteer: number,
  mine: number[],
  breaks: (rule: string) => void,
): void {
  const { start, end, rest, period, maxMinutesPerPeriod } = instance;
  mine.sort((a, b) => start[a] - start[b] || end[a] - end[b]);
  let minutes = 0;
  const perPeriod = new Map<number, number>();
  mine.forEach((slot, k) => {
    const length = end[slot] - start[slot];
    minutes += length;
    if (period !== undefined) perPeriod.set(period[slot], (perPeriod.get(period[slot]) ?? 0) + length);
    // Sorted by start, the latest end so far decides: a long shift may reach over several later ones.
    for (let q = 0; q < k; q++) if (start[slot] < end[mine[q] ?? 0] + rest) breaks('rest between shifts');
  });
  if (mine.length > instance.maxShifts[volunteer]) breaks('shifts per volunteer');
  if (minutes > instance.maxMinutes[volunteer]) breaks('minutes per volunteer');
  if (maxMinutesPerPeriod === undefined) return;
  for (const used of perPeriod.values())
    if (used > maxMinutesPerPeriod[volunteer]) breaks('minutes per period');
}

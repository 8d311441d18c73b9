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
    for (let e = instance.ptr[i] as number; e < (instance.ptr[i + 1] as number); e++) {
      if (taken[e] === 0) continue;
      if (taken[e] !== 1) breaks('bytes are 0 or 1');
      scoreSum += instance.score[e] as number;
      assigned++;
      load[instance.col[e] as number] = (load[instance.col[e] as number] as number) + 1;
      mine.push(instance.col[e] as number);
    }
    if (problem === 'pure') {
      if (mine.length > (instance.maxSlots[i] as number)) breaks('slots per volunteer');
    } else {
      checkSchedule(instance, i, mine, breaks);
    }
  }
  const penalties = penaltiesOf(instance);
  let missingHeads = 0;
  let penaltySum = 0;
  load.forEach((heads, j) => {
    if (heads > (instance.max[j] as number)) breaks('heads per slot');
    const missing = Math.max(0, (instance.min[j] as number) - heads);
    missingHeads += missing;
    penaltySum += missing * (penalties[j] as number);
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
  mine.sort((a, b) => (start[a] as number) - (start[b] as number) || (end[a] as number) - (end[b] as number));
  let minutes = 0;
  const perPeriod = new Map<number, number>();
  mine.forEach((slot, k) => {
    const length = (end[slot] as number) - (start[slot] as number);
    minutes += length;
    if (period !== undefined)
      perPeriod.set(period[slot] as number, (perPeriod.get(period[slot] as number) ?? 0) + length);
    // Sorted by start, the latest end so far decides: a long shift may reach over several later ones.
    for (let q = 0; q < k; q++)
      if ((start[slot] as number) < (end[mine[q] ?? 0] as number) + rest) breaks('rest between shifts');
  });
  if (mine.length > (instance.maxShifts[volunteer] as number)) breaks('shifts per volunteer');
  if (minutes > (instance.maxMinutes[volunteer] as number)) breaks('minutes per volunteer');
  if (maxMinutesPerPeriod === undefined) return;
  for (const used of perPeriod.values())
    if (used > (maxMinutesPerPeriod[volunteer] as number)) breaks('minutes per period');
}

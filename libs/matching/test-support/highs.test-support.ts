import highsLoader from 'highs';

import type { Problem } from '../check.js';
import { penaltiesOf, type MatchingInstance } from '../instance.js';

/**
 * The outside judge: HiGHS solves many small instances as one block-diagonal program, because a call costs
 * more than a block. Returns the optimal objective of each instance; relaxed, of its linear program.
 */
export async function optimaByHighs(
  instances: readonly MatchingInstance[],
  problem: Problem,
  { relaxed = false }: { readonly relaxed?: boolean } = {},
): Promise<number[]> {
  // A fresh module per call: the WASM heap of one module grows and is never given back.
  const highs = await loaded();
  const objective: string[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  const binaries: string[] = [];
  instances.forEach((instance, t) => {
    writeBlock(instance, problem, `_${t}`, { objective, rows, bounds, binaries });
  });
  const text = [
    'Maximize',
    ` obj: ${objective.length === 0 ? '0 z' : objective.join('\n ')}`,
    'Subject To',
    ...rows,
    ' pad: z <= 0',
    'Bounds',
    ...bounds,
    ...(problem === 'schedule' && !relaxed ? ['Binary', ` ${binaries.join('\n ')}`] : []),
    'End',
  ].join('\n');
  const solution = highs.solve(text, { mip_rel_gap: 0, mip_abs_gap: 0.1, output_flag: false });
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS says ${solution.Status}`);
  const value = (name: string): number => {
    if (!(name in solution.Columns)) return 0;
    const column = solution.Columns[name];
    return 'Primal' in column ? column.Primal : 0;
  };
  return instances.map((instance, t) => blockObjective(instance, `_${t}`, value));
}

// The package's types describe its CommonJS build; the ES module's default export is the loader itself.
const load = highsLoader as unknown as typeof highsLoader.default;
let module: ReturnType<typeof load> | undefined;
let calls = 0;
function loaded(): ReturnType<typeof load> {
  if (module === undefined || calls++ % 40 === 39) module = load();
  return module;
}

interface Program {
  readonly objective: string[];
  readonly rows: string[];
  readonly bounds: string[];
  readonly binaries: string[];
}

function writeBlock(instance: MatchingInstance, problem: Problem, tag: string, program: Program): void {
  const { volunteers: n, slots: m, ptr, col, score, min, max } = instance;
  const x = (e: number): string => `x${e}${tag}`;
  const bySlot: string[][] = Array.from({ length: m }, () => []);
  for (let e = 0; e < instance.edges; e++) {
    program.objective.push(`+ ${score[e]} ${x(e)}`);
    program.bounds.push(` 0 <= ${x(e)} <= 1`);
    program.binaries.push(x(e));
    bySlot[col[e]]?.push(x(e));
  }
  const penalties = penaltiesOf(instance);
  bySlot.forEach((edges, j) => {
    const short = `s${j}${tag}`;
    program.objective.push(`- ${penalties[j]} ${short}`);
    program.bounds.push(` 0 <= ${short} <= ${min[j]}`);
    program.rows.push(` lo${j}${tag}: ${[...edges, short].join(' + ')} >= ${min[j]}`);
    if (edges.length > 0) program.rows.push(` up${j}${tag}: ${edges.join(' + ')} <= ${max[j]}`);
  });
  for (let i = 0; i < n; i++) {
    const mine: number[] = [];
    for (let e = ptr[i]; e < ptr[i + 1]; e++) mine.push(e);
    if (mine.length === 0) continue;
    if (problem === 'pure')
      program.rows.push(` b${i}${tag}: ${mine.map(x).join(' + ')} <= ${instance.maxSlots[i]}`);
    else writePersonalRules(instance, i, mine, x, tag, program);
  }
}

function writePersonalRules(
  instance: MatchingInstance,
  i: number,
  mine: number[],
  x: (e: number) => string,
  tag: string,
  program: Program,
): void {
  const { col, start, end, rest, maxMinutes, maxShifts, period, maxMinutesPerPeriod } = instance;
  const length = (e: number): number => end[col[e]] - start[col[e]];
  const weighted = (edges: number[]): string => edges.map((e) => `${length(e)} ${x(e)}`).join(' + ');
  program.rows.push(` b${i}${tag}: ${mine.map(x).join(' + ')} <= ${maxShifts[i]}`);
  program.rows.push(` h${i}${tag}: ${weighted(mine)} <= ${maxMinutes[i]}`);
  if (period !== undefined && maxMinutesPerPeriod !== undefined) {
    for (const p of new Set(mine.map((e) => period[col[e]]))) {
      const within = mine.filter((e) => period[col[e]] === p);
      program.rows.push(` p${i}_${String(p)}${tag}: ${weighted(within)} <= ${maxMinutesPerPeriod[i]}`);
    }
  }
  mine.forEach((e, k) => {
    for (const f of mine.slice(k + 1)) {
      const [a, b] = [col[e], col[f]];
      if (start[a] < end[b] + rest && start[b] < end[a] + rest)
        program.rows.push(` c${e}_${f}${tag}: ${x(e)} + ${x(f)} <= 1`);
    }
  });
}

function blockObjective(instance: MatchingInstance, tag: string, value: (name: string) => number): number {
  let total = 0;
  for (let e = 0; e < instance.edges; e++) total += instance.score[e] * value(`x${e}${tag}`);
  penaltiesOf(instance).forEach((penalty, j) => {
    total -= penalty * value(`s${j}${tag}`);
  });
  return total;
}

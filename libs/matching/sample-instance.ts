import type { MatchingInstance } from './instance.js';
import { randomFrom } from './random.js';

export interface SampleOptions {
  readonly volunteers: number;
  readonly slots: number;
  /** Candidates per volunteer. */
  readonly candidates?: number;
  readonly seed: number;
  /** `local`: people and slots in towns, near ones score higher. `uniform`: any slot, any score. */
  readonly kind?: 'local' | 'uniform';
  /** Seats as a share of the hands there are. */
  readonly fill?: number;
}

const PARTS_OF_FORTNIGHT = 42;

/**
 * A generated instance of any size, for benchmarks and tests: two weeks of shifts of two to eight hours, people
 * with hour caps and free half of the time. Same options, same instance.
 */
export function sampleInstance(options: SampleOptions): MatchingInstance {
  const { volunteers: n, slots: m, candidates = 20, seed, kind = 'local', fill = 0.9 } = options;
  const random = randomFrom(`sample ${seed}`);
  const towns = placeTowns(Math.max(3, Math.round(Math.sqrt(m) / 2)), random);
  const slots = drawSlots(m, towns, random);
  const maxSlots = Int32Array.from(
    { length: n },
    () => [1, 1, 1, 1, 1, 2, 2, 2, 3, 3][Math.floor(random() * 10)] ?? 1,
  );
  const maxMinutes = Int32Array.from(
    { length: n },
    () => [360, 480, 600, 720, 960][Math.floor(random() * 5)] ?? 360,
  );
  const hands = maxSlots.reduce((a, b) => a + b, 0);
  const weight = slots.weight.reduce((a, b) => a + b, 0);
  const max = Int32Array.from(slots.weight, (w) => Math.max(1, Math.round((w / weight) * hands * fill)));
  const ptr = new Int32Array(n + 1);
  const col: number[] = [];
  const score: number[] = [];
  const near = kind === 'local' ? nearestFirst(slots) : undefined;
  for (let i = 0; i < n; i++) {
    const home = towns[pickTown(towns, random)] ?? { x: 0, y: 0, spread: 0, weight: 1 };
    const x = clip(home.x + home.spread * bell(random));
    const y = clip(home.y + home.spread * bell(random));
    const free = 0.25 + 0.5 * random();
    const parts = Array.from({ length: PARTS_OF_FORTNIGHT }, () => random() < free);
    const row =
      near === undefined
        ? uniformRow(m, candidates, random)
        : near(x, y, candidates, (j) => parts[slots.part[j]]).map((j): [number, number] => {
            const far = Math.hypot(slots.x[j] - x, slots.y[j] - y);
            return [j, 0.35 * Math.exp(-far / 0.06) + 0.45 * random() + 0.2 * slots.appeal[j]];
          });
    row.sort((a, b) => a[0] - b[0]);
    for (const [j, v] of row) {
      col.push(j);
      score.push(Math.max(1, Math.round(10_000 * v)));
    }
    ptr[i + 1] = col.length;
  }
  return {
    volunteers: n,
    slots: m,
    edges: col.length,
    penalty: 10_000,
    rest: 60,
    maxSlots,
    maxMinutes,
    maxShifts: new Int32Array(n).fill(5),
    min: max.map((u) => Math.floor(0.4 * u)),
    max,
    start: slots.start,
    end: slots.end,
    ptr,
    col: Int32Array.from(col),
    score: Int32Array.from(score),
  };
}

interface Town {
  readonly x: number;
  readonly y: number;
  readonly spread: number;
  readonly weight: number;
}

function placeTowns(count: number, random: () => number): Town[] {
  return Array.from({ length: count }, (_, k) => ({
    x: random(),
    y: random(),
    spread: 0.02 + 0.06 * random(),
    weight: 1 / (k + 1) ** 0.8,
  }));
}

function pickTown(towns: readonly Town[], random: () => number): number {
  let left = random() * towns.reduce((sum, t) => sum + t.weight, 0);
  return Math.max(
    0,
    towns.findIndex((t) => (left -= t.weight) < 0),
  );
}

interface Slots {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly appeal: Float64Array;
  readonly weight: Float64Array;
  readonly part: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

function drawSlots(m: number, towns: readonly Town[], random: () => number): Slots {
  const slots: Slots = {
    x: new Float64Array(m),
    y: new Float64Array(m),
    appeal: new Float64Array(m),
    weight: new Float64Array(m),
    part: new Int32Array(m),
    start: new Int32Array(m),
    end: new Int32Array(m),
  };
  const lengths = [120, 180, 240, 240, 240, 300, 360, 480];
  for (let j = 0; j < m; j++) {
    const town = towns[pickTown(towns, random)] ?? { x: 0, y: 0, spread: 0, weight: 1 };
    slots.x[j] = clip(town.x + town.spread * bell(random));
    slots.y[j] = clip(town.y + town.spread * bell(random));
    slots.appeal[j] = random();
    slots.weight[j] = Math.exp(0.6 * bell(random));
    const day = Math.floor(random() * 14);
    const minute = 360 + 15 * Math.floor(random() * 56);
    slots.start[j] = day * 1440 + minute;
    slots.end[j] = slots.start[j] + (lengths[Math.floor(random() * lengths.length)] ?? 240);
    slots.part[j] = day * 3 + (minute < 720 ? 0 : minute < 1020 ? 1 : 2);
  }
  return slots;
}

function uniformRow(m: number, count: number, random: () => number): [number, number][] {
  const row = new Map<number, number>();
  while (row.size < Math.min(count, m)) row.set(Math.floor(random() * m), random());
  return [...row];
}

/** Slots in a grid; the search looks at rings of cells around a place until it has enough. */
function nearestFirst(
  slots: Slots,
): (x: number, y: number, count: number, ok: (slot: number) => boolean) => number[] {
  const m = slots.x.length;
  const side = Math.max(2, Math.floor(Math.sqrt(m / 4)));
  const cells: number[][] = Array.from({ length: side * side }, () => []);
  const at = (v: number): number => Math.min(side - 1, Math.floor(v * side));
  for (let j = 0; j < m; j++) cells[at(slots.x[j]) * side + at(slots.y[j])]?.push(j);
  return (x, y, count, ok) => {
    const found: number[] = [];
    for (let ring = 0; ring < side && found.length < count; ring++) {
      for (let gx = at(x) - ring; gx <= at(x) + ring; gx++) {
        for (let gy = at(y) - ring; gy <= at(y) + ring; gy++) {
          if (gx < 0 || gy < 0 || gx >= side || gy >= side) continue;
          if (Math.max(Math.abs(gx - at(x)), Math.abs(gy - at(y))) !== ring) continue;
          for (const j of cells[gx * side + gy] ?? []) if (ok(j)) found.push(j);
        }
      }
    }
    return found.slice(0, count);
  };
}

function bell(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function clip(v: number): number {
  return Math.min(0.9999, Math.max(0, v));
}

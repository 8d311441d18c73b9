/**
 * Weighted interval scheduling with a cap on shifts and on minutes, by dynamic programming over the end
 * times: what branch and bound falls back to when many candidates are worth the same and bounds do not
 * bite. Work: candidates × shifts × minutes in units of their common divisor.
 */
export class IntervalProgram {
  /** Indices of the chosen candidates after `solve`. */
  readonly chosen: number[] = [];
  private table = new Float64Array(0);

  /** Returns the best value. `rest` minutes must lie between two chosen intervals. */
  solve(
    count: number,
    from: Int32Array,
    until: Int32Array,
    worth: Float64Array,
    caps: { readonly shifts: number; readonly minutes: number; readonly rest: number },
  ): number {
    const order = Array.from({ length: count }, (_, k) => k).sort(
      (a, b) => until[a] - until[b] || from[a] - from[b] || a - b,
    );
    const { unit, steps } = minuteSteps(order, from, until, caps.minutes);
    const shifts = Math.min(caps.shifts, count);
    const width = steps + 1;
    const layer = (shifts + 1) * width;
    if (this.table.length < (count + 1) * layer) this.table = new Float64Array((count + 1) * layer);
    const { table } = this;
    table.fill(0, 0, layer);
    const before = order.map((k, place) => {
      let free = place;
      while (free > 0 && until[order[free - 1]] + caps.rest > from[k]) free--;
      return free;
    });
    order.forEach((k, place) => {
      const needs = unit === 0 ? 0 : (until[k] - from[k]) / unit;
      const base = before[place] * layer;
      const here = place * layer;
      const next = here + layer;
      table.copyWithin(next, here, next);
      for (let c = 1; c <= shifts; c++) {
        for (let t = needs; t <= steps; t++) {
          const value = table[base + (c - 1) * width + t - needs] + worth[k];
          if (value > table[next + c * width + t]) table[next + c * width + t] = value;
        }
      }
    });
    this.trace(order, before, from, until, worth, { unit, width, layer, shifts, steps });
    return table[count * layer + shifts * width + steps];
  }

  private trace(
    order: number[],
    before: number[],
    from: Int32Array,
    until: Int32Array,
    worth: Float64Array,
    shape: { unit: number; width: number; layer: number; shifts: number; steps: number },
  ): void {
    const { unit, width, layer } = shape;
    this.chosen.length = 0;
    let c = shape.shifts;
    let t = shape.steps;
    let place = order.length;
    while (place > 0 && c > 0) {
      const value = this.table[place * layer + c * width + t];
      if (value === this.table[(place - 1) * layer + c * width + t]) {
        place--;
        continue;
      }
      const k = order[place - 1];
      this.chosen.push(k);
      place = before[place - 1];
      c--;
      if (unit > 0) t -= (until[k] - from[k]) / unit;
    }
  }
}

/** Minutes in units of the common divisor of all lengths; unit 0 when the cap cannot bind. */
function minuteSteps(
  order: number[],
  from: Int32Array,
  until: Int32Array,
  minutes: number,
): { unit: number; steps: number } {
  let unit = 0;
  let total = 0;
  for (const k of order) {
    let a = until[k] - from[k];
    total += a;
    while (a > 0) {
      const r = unit % a;
      unit = a;
      a = r;
    }
  }
  return total <= minutes || unit === 0 ? { unit: 0, steps: 0 } : { unit, steps: Math.floor(minutes / unit) };
}

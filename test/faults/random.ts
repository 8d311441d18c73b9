/** Numbers that are the same in every run with the same seed (mulberry32): a failure can be played again. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from `least` to `most`, both included. */
  within(least: number, most: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  }
}

/** `LINQIAO_SEED` when it is set, otherwise another one in every run. */
export function seedFromEnvironment(): number {
  const wanted = Number(process.env['LINQIAO_SEED'] ?? '');
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : Math.floor(Math.random() * 0x7fffffff) + 1;
}

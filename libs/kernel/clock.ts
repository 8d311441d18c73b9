/** Where the time comes from. Everything that judges a deadline takes one; nothing else asks for the time. */
export interface Clock {
  now(): Date;
}

export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until told otherwise: for tests and for rehearsing a deadline. */
export class ManualClock implements Clock {
  private time: number;

  /** @param start an instant, or its ISO-8601 text with an offset, e.g. `2026-03-02T09:00:00+08:00` */
  constructor(start: Date | string) {
    this.time = toTime(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  set(instant: Date | string): void {
    this.time = toTime(instant);
  }

  advance(ms: number): void {
    this.time = toTime(new Date(this.time + ms));
  }
}

function toTime(instant: Date | string): number {
  const time = new Date(instant).getTime();
  if (Number.isNaN(time)) throw new RangeError('ManualClock needs a valid instant');
  return time;
}

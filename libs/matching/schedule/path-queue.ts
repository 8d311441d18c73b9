import { NONE } from '../none.js';

/** Min-heap of (distance, slot); stale entries are skipped when popped. */
export class PathQueue {
  private distance = new Float64Array(1024);
  private slot = new Int32Array(1024);
  private size = 0;

  clear(): void {
    this.size = 0;
  }

  push(d: number, j: number): void {
    if (this.size === this.slot.length) this.grow();
    const { distance, slot } = this;
    let k = this.size++;
    while (k > 0) {
      const up = (k - 1) >> 1;
      if (distance[up] <= d) break;
      distance[k] = distance[up];
      slot[k] = slot[up];
      k = up;
    }
    distance[k] = d;
    slot[k] = j;
  }

  private grow(): void {
    const distance = new Float64Array(2 * this.size);
    const slot = new Int32Array(2 * this.size);
    distance.set(this.distance);
    slot.set(this.slot);
    this.distance = distance;
    this.slot = slot;
  }

  pop(dist: Float64Array): number {
    const { distance, slot } = this;
    while (this.size > 0) {
      const d = distance[0];
      const j = slot[0];
      const last = --this.size;
      const lastDistance = distance[last];
      const lastSlot = slot[last];
      let k = 0;
      for (;;) {
        let child = 2 * k + 1;
        if (child >= last) break;
        if (child + 1 < last && distance[child + 1] < distance[child]) child++;
        if (distance[child] >= lastDistance) break;
        distance[k] = distance[child];
        slot[k] = slot[child];
        k = child;
      }
      distance[k] = lastDistance;
      slot[k] = lastSlot;
      if (dist[j] === d) return j;
    }
    return NONE;
  }
}

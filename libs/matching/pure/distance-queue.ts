import { NONE } from '../none.js';

/** Min-heap of (distance, slot) with stale entries skipped; both packed into one double. */
export class DistanceQueue {
  private keys = new Float64Array(1024);
  private size = 0;

  clear(): void {
    this.size = 0;
  }

  push(distance: number, slot: number): void {
    if (this.size === this.keys.length) {
      const larger = new Float64Array(2 * this.size);
      larger.set(this.keys);
      this.keys = larger;
    }
    const { keys } = this;
    const key = distance * SLOT_SPAN + slot;
    let k = this.size++;
    while (k > 0) {
      const up = (k - 1) >> 1;
      if (keys[up] <= key) break;
      keys[k] = keys[up];
      k = up;
    }
    keys[k] = key;
  }

  /** The nearest slot whose entry is still its distance, or NONE. */
  pop(dist: Int32Array): number {
    const { keys } = this;
    while (this.size > 0) {
      const key = keys[0];
      const last = keys[--this.size];
      let k = 0;
      for (;;) {
        let child = 2 * k + 1;
        if (child >= this.size) break;
        if (child + 1 < this.size && keys[child + 1] < keys[child]) child++;
        if (keys[child] >= last) break;
        keys[k] = keys[child];
        k = child;
      }
      keys[k] = last;
      const distance = Math.floor(key / SLOT_SPAN);
      const slot = key - distance * SLOT_SPAN;
      if (dist[slot] === distance) return slot;
    }
    return NONE;
  }
}
const SLOT_SPAN = 1 << 21;

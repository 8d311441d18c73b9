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
      if ((distance[up] as number) <= d) break;
      distance[k] = distance[up] as number;
      slot[k] = slot[up] as number;
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
      const d = distance[0] as number;
      const j = slot[0] as number;
      const last = --this.size;
      const lastDistance = distance[last] as number;
      const lastSlot = slot[last] as number;
      let k = 0;
      for (;;) {
        let child = 2 * k + 1;
        if (child >= last) break;
        if (child + 1 < last && (distance[child + 1] as number) < (distance[child] as number)) child++;
        if ((distance[child] as number) >= lastDistance) break;
        distance[k] = distance[child] as number;
        slot[k] = slot[child] as number;
        k = child;
      }
      distance[k] = lastDistance;
      slot[k] = lastSlot;
      if (dist[j] === d) return j;
    }
    return -1;
  }
}

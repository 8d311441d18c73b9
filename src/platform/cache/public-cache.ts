import { Injectable } from '@nestjs/common';

/** How old public data may be for readers who are not signed in. */
export const PUBLIC_FRESH_MS = 1_000;

const MAX_ENTRIES = 2_000;

interface Entry {
  readonly until: number;
  readonly value: Promise<unknown>;
}

/**
 * Answers of public reads, kept for a moment and shared by everybody who asks meanwhile (one computation,
 * many readers). Only for data that any visitor may see and that may be a second old; never for decisions.
 */
@Injectable()
export class PublicCache {
  private readonly entries = new Map<string, Entry>();

  /**
   * @param key names the read and all of its parameters
   * @param forMs how old an answer may be; at most a few seconds
   */
  get<T>(key: string, forMs: number, read: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.entries.get(key);
    if (known && known.until > now) return known.value as Promise<T>;
    const value = read();
    this.entries.delete(key);
    if (this.entries.size >= MAX_ENTRIES) this.evict(now);
    const entry = { until: now + forMs, value };
    this.entries.set(key, entry);
    // A failed read must not be repeated to others; a newer one under its key is none of its business.
    value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    return value;
  }

  /** The oldest entries go first: a Map keeps the order of insertion. */
  private evict(now: number): void {
    for (const [key, entry] of this.entries) {
      if (entry.until > now && this.entries.size < MAX_ENTRIES) return;
      this.entries.delete(key);
    }
  }
}

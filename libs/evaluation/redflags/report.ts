import type { RedFlagCode } from './settings.js';

/** Whom a flag is about; the keys are those of the open-contracting tools. */
export type RedFlagGroup = 'OCID' | 'Buyer' | 'ProcuringEntity' | 'Tenderer';

/**
 * group → identifier → code → value. The value's meaning is the indicator's (a ratio, a count, or 1 for
 * "flagged"); 0 on a tenderer of R024, R035 and R058 only says that it took part in a flagged process.
 */
export type RedFlagResults = Partial<
  Record<RedFlagGroup, Readonly<Record<string, Partial<Record<RedFlagCode, number>>>>>
>;

/** Collects flags in maps, so that an identifier like `__proto__` is only text. */
export class RedFlagReport {
  private readonly groups = new Map<RedFlagGroup, Map<string, Map<RedFlagCode, number>>>();

  flag(group: RedFlagGroup, id: string, code: RedFlagCode, value: number): void {
    const ids = this.groups.get(group) ?? new Map<string, Map<RedFlagCode, number>>();
    this.groups.set(group, ids);
    const codes = ids.get(id) ?? new Map<RedFlagCode, number>();
    ids.set(id, codes);
    codes.set(code, value);
  }

  results(): RedFlagResults {
    const groups = [...this.groups].map(([group, ids]) => {
      const entries = [...ids].map(([id, codes]): [string, object] => [id, Object.fromEntries(codes)]);
      return [group, Object.fromEntries(entries)] as const;
    });
    return Object.fromEntries(groups);
  }
}

import fc from 'fast-check';

import { buildInstance, type Candidate, type InstanceRows, type MatchingInstance } from '../instance.js';

/**
 * Small instances that still show every feature: overlapping shifts, rest, hour caps also per period, slots
 * nobody can fill, minima above what there is, ties, per-slot penalties, people without candidates.
 */
export const smallInstance: fc.Arbitrary<MatchingInstance> = fc
  .record({ n: fc.integer({ min: 1, max: 7 }), m: fc.integer({ min: 1, max: 6 }), seed: fc.nat() })
  .chain(({ n, m }) =>
    fc.record({
      rest: fc.constantFrom(0, 30, 60),
      penalty: fc.constantFrom(0, 50, 1000, 10_000),
      levels: fc.constantFrom(1, 3, 100, 10_000),
      volunteers: fc.array(
        fc.record({
          maxSlots: fc.integer({ min: 0, max: 3 }),
          maxMinutes: fc.constantFrom(0, 120, 240, 360, 600),
          maxShifts: fc.integer({ min: 0, max: 4 }),
        }),
        { minLength: n, maxLength: n },
      ),
      periodCap: fc.option(fc.constantFrom(120, 240), { nil: undefined }),
      slots: fc.array(
        fc.record({
          min: fc.integer({ min: 0, max: 2 }),
          room: fc.integer({ min: 0, max: 2 }),
          start: fc.integer({ min: 0, max: 12 }),
          length: fc.integer({ min: 1, max: 5 }),
          penalty: fc.option(fc.constantFrom(10, 5000), { nil: undefined }),
        }),
        { minLength: m, maxLength: m },
      ),
      edges: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 10_000 })), {
        minLength: n * m,
        maxLength: n * m,
      }),
    }),
  )
  .map((raw) => {
    const m = raw.slots.length;
    const candidates: Candidate[] = [];
    raw.edges.forEach(([there, score], k) => {
      if (there)
        candidates.push([Math.floor(k / m), k % m, Math.max(1, Math.ceil((score * raw.levels) / 10_000))]);
    });
    const rows: InstanceRows = {
      rest: raw.rest,
      penalty: raw.penalty,
      candidates,
      volunteers: raw.volunteers.map((v) => ({
        ...v,
        ...(raw.periodCap === undefined ? {} : { maxMinutesPerPeriod: raw.periodCap }),
      })),
      slots: raw.slots.map((s) => ({
        min: s.min,
        max: s.min + s.room,
        start: s.start * 60,
        end: (s.start + s.length) * 60,
        period: s.start < 6 ? 0 : 1,
        ...(s.penalty === undefined ? {} : { penalty: s.penalty }),
      })),
    };
    return buildInstance(rows);
  });

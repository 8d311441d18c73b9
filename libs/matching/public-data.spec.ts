import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

import { hasSharedData, sharedData } from '../../test/support/shared-data.js';
import { match } from './engine.js';
import { buildInstance, type Candidate, type InstanceRows } from './instance.js';
import { randomFrom } from './random.js';

const SEED = 2024;
// Looked up once: in the test's own realm every global costs a call.
const { exp, floor, hypot, max: larger, round } = Math;
const EMF = [
  'volunteer/emf-2024/Shift.json',
  'volunteer/emf-2024/Volunteer.json',
  'volunteer/emf-2024/Role.json',
];
const NYC = 'volunteer/nyc-service-volunteer-opportunities.csv';

interface Shift {
  readonly start: string;
  readonly end: string;
  readonly min_needed: number;
  readonly max_needed: number;
  readonly signed_up: number;
  readonly role: string;
}

/** Volunteers drawn from the histograms of a festival: how many shifts each took, which roles interest how many. */
function festival(
  shifts: readonly Shift[],
  perVolunteer: Record<string, number>,
  interested: Record<string, number>,
): InstanceRows {
  const random = randomFrom(`festival ${SEED}`);
  const minutes = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 60_000;
  const origin = Math.min(...shifts.map((s) => minutes(s.start)));
  const people = Object.entries(perVolunteer).flatMap(([count, many]) =>
    new Array<number>(many).fill(Number(count)),
  );
  const candidates: Candidate[] = [];
  people.forEach((_, i) => {
    const roles = new Set(
      Object.keys(interested).filter((role) => random() < (interested[role] ?? 0) / people.length),
    );
    shifts.forEach((shift, j) => {
      // Interested in the role and free: half of all times.
      if (roles.has(shift.role) && random() < 0.5) candidates.push([i, j, 1 + Math.floor(random() * 10_000)]);
    });
  });
  return {
    penalty: 20_000,
    rest: 0,
    // Who took no shift would have taken none; the others no more than they took.
    volunteers: people.map((count) => ({ maxShifts: count })),
    slots: shifts.map((s) => ({
      min: s.min_needed,
      // One real shift asks for more people than it takes; the minimum is what was wanted.
      max: Math.max(s.min_needed, s.max_needed),
      start: minutes(s.start) - origin,
      end: minutes(s.end) - origin,
    })),
    candidates,
  };
}

function coveredMinima(rows: InstanceRows): {
  covered: number;
  minima: number;
  short: number;
  ms: number;
  gap: number;
} {
  const instance = buildInstance(rows);
  const result = match(instance, { problem: 'schedule', seed: SEED });
  expect(result.report.violations).toBe(0);
  const load = new Int32Array(instance.slots);
  result.taken.forEach((t, e) => {
    load[instance.col[e] ?? 0] = (load[instance.col[e] ?? 0] ?? 0) + t;
  });
  const minima = instance.min.reduce((a, b) => a + b, 0);
  const short = instance.min.filter((least, j) => (load[j] ?? 0) < least).length;
  return { covered: minima - result.report.missingHeads, minima, short, ms: result.wallMs, gap: result.gap };
}

describe('a festival', () => {
  (hasSharedData(...EMF) ? it : it.skip)(
    'of 718 real shifts covers at least the minima that sign-up covered',
    () => {
      const read = (file: string): unknown => JSON.parse(readFileSync(sharedData(file), 'utf8'));
      const shifts = read(EMF[0] ?? '') as Shift[];
      const { shift_histogram } = read(EMF[1] ?? '') as { shift_histogram: Record<string, number> };
      const { roles } = read(EMF[2] ?? '') as { roles: Record<string, { interested_volunteers: number }> };
      const interested = Object.fromEntries(
        Object.entries(roles).map(([role, r]) => [role, r.interested_volunteers]),
      );
      const { covered, minima, short, ms, gap } = coveredMinima(
        festival(shifts, shift_histogram, interested),
      );
      const really = shifts.reduce((sum, s) => sum + Math.min(s.signed_up, s.min_needed), 0);
      const reallyShort = shifts.filter((s) => s.signed_up < s.min_needed).length;
      process.stdout.write(
        `festival, seed ${SEED}: ${covered} of ${minima} minimum places (sign-up: ${really}), ` +
          `${short} shifts short (sign-up: ${reallyShort}), gap ${(100 * gap).toFixed(4)} %, ${ms.toFixed(0)} ms\n`,
      );
      expect(covered).toBeGreaterThanOrEqual(really);
      expect(short).toBeLessThan(reallyShort);
      expect(gap).toBeLessThan(0.001);
    },
  );

  it('of our own making covers every minimum there are people for', () => {
    const shifts = Array.from({ length: 40 }, (_, j): Shift => {
      const hour = String(8 + 2 * (j % 5)).padStart(2, '0');
      const later = String(10 + 2 * (j % 5)).padStart(2, '0');
      return {
        start: `2026-06-0${1 + (j % 3)} ${hour}:00:00`,
        end: `2026-06-0${1 + (j % 3)} ${later}:00:00`,
        min_needed: 2,
        max_needed: 4,
        signed_up: 0,
        role: j % 2 === 0 ? 'gate' : 'kitchen',
      };
    });
    const { short } = coveredMinima(festival(shifts, { 0: 10, 1: 60, 3: 30 }, { gate: 70, kitchen: 60 }));
    expect(short).toBe(0);
  });
});

interface Opportunity {
  readonly latitude: number;
  readonly longitude: number;
  readonly category: string;
}

/** 20,000 people around real opportunities, up to 20 candidates each by distance, doubled for a liked category. */
function city(opportunities: readonly Opportunity[], people: number): InstanceRows {
  const random = randomFrom(`city ${SEED}`);
  const categories = [...new Set(opportunities.map((o) => o.category))];
  const candidates: Candidate[] = [];
  const ranked = new Float64Array(opportunities.length);
  for (let i = 0; i < people; i++) {
    const home = opportunities[floor(random() * opportunities.length)];
    const latitude = (home?.latitude ?? 0) + 0.1 * (random() - 0.5);
    const longitude = (home?.longitude ?? 0) + 0.1 * (random() - 0.5);
    const liked = categories[floor(random() * categories.length)];
    opportunities.forEach((o, j) => {
      const km = hypot(111 * (o.latitude - latitude), 84 * (o.longitude - longitude));
      const score = round(5000 * exp(-km / 8)) + (o.category === liked ? 5000 : 0);
      ranked[j] = -score * 1000 + j; // sorts natively: best score first
    });
    ranked.sort();
    for (const key of ranked.subarray(0, 20)) {
      const score = -floor(key / 1000);
      candidates.push([i, key + score * 1000, larger(1, score)]);
    }
  }
  return {
    penalty: 10_000,
    volunteers: Array.from({ length: people }, (_, i) => ({ maxSlots: 1 + (i % 2) })),
    slots: opportunities.map((_, j) => ({ min: 5 + (j % 20), max: 20 + (j % 60) })),
    candidates,
  };
}

describe('a city', () => {
  (hasSharedData(NYC) ? it : it.skip)(
    'of real opportunities with 20,000 people is solved to the optimum',
    () => {
      const rows: Record<string, string>[] = parse(readFileSync(sharedData(NYC)), {
        columns: true,
        relax_quotes: true,
        relax_column_count: true,
      });
      // Two thirds of the rows have coordinates of their own or inside the address column.
      const opportunities = rows.flatMap((row): Opportunity[] => {
        const inside = /'longitude': '(-?[\d.]+)', 'latitude': '([\d.]+)'/.exec(row['primary_loc'] ?? '');
        const latitude = Number(inside?.[2] ?? (row['Latitude'] || NaN));
        const longitude = Number(inside?.[1] ?? (row['Longitude'] || NaN));
        return Number.isFinite(latitude) && Number.isFinite(longitude)
          ? [{ latitude, longitude, category: row['category_desc'] ?? '' }]
          : [];
      });
      expect(rows).toHaveLength(665);
      const instance = buildInstance(city(opportunities, 20_000));
      const result = match(instance, { problem: 'pure', seed: SEED });
      process.stdout.write(
        `city, seed ${SEED}: ${opportunities.length} opportunities with a place, ${instance.edges} candidates, ` +
          `${result.report.assigned} assigned, ${result.report.missingHeads} heads missing, gap ${result.gap}, ${result.wallMs.toFixed(0)} ms\n`,
      );
      expect(result.report.violations).toBe(0);
      expect(result.objective).toBe(result.bound);
    },
    180_000,
  );

  it('of our own making is solved to the optimum', () => {
    const random = randomFrom('towns');
    const own = Array.from({ length: 60 }, (_, j) => ({
      latitude: 29 + random(),
      longitude: 120 + random(),
      category: `c${j % 6}`,
    }));
    const result = match(buildInstance(city(own, 1500)), { problem: 'pure', seed: SEED });
    expect(result.objective).toBe(result.bound);
  });
});

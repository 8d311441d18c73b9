import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { deferredAcceptance, type ClassApplicant, type OfferedClass } from './deferred-acceptance.js';
import { commitToList, draw, drawNumber, type Applicant, type DrawRules } from './draw.js';
import { permutation, randomFrom } from './random.js';

const folder = mkdtempSync(join(tmpdir(), 'draw-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the script a stranger would copy out of the README. */
function stranger(script: string, input: unknown, seed: string): string[] {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const code = new RegExp(`\`\`\`js ${script}\\n([^]*?)\`\`\``).exec(readme)?.[1] ?? '';
  expect(code.split('\n').length).toBeLessThanOrEqual(40);
  writeFileSync(join(folder, script), code);
  writeFileSync(join(folder, 'input.json'), JSON.stringify(input));
  return execFileSync(process.execPath, [join(folder, script), join(folder, 'input.json'), seed], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
}

const applicants: Applicant[] = Array.from({ length: 60 }, (_, k) => ({
  id: `p${String(k).padStart(3, '0')}`,
  ...(k % 7 === 0 ? { tier: 2 } : {}),
  ...(k % 5 === 0 ? { group: `g${Math.floor(k / 15)}` } : {}),
  ...(k % 4 === 0 ? { tags: ['wheelchair', 'first-time'] } : {}),
}));
const rules: DrawRules = {
  places: 25,
  reserved: [
    { tag: 'wheelchair', places: 6 },
    { tag: 'nobody-has-this', places: 2 },
  ],
};

describe('the public draw', () => {
  const result = draw(applicants, rules, '2026-11-30 3,5,8,19,22,33');
  const placed = result.order.filter((a) => a.outcome !== 'waiting');

  it('is what a stranger gets with the script in the README', () => {
    const lines = stranger('redraw.mjs', { ...rules, applicants }, result.seed);
    expect(lines).toEqual([
      `commitment ${result.commitment}`,
      ...result.order.map((a) => `${a.id} ${a.outcome}`),
    ]);
  });

  it('does not depend on the order in which people applied', () => {
    const shuffled = [...permutation(60, randomFrom('x'))].map((k) => applicants[k] ?? { id: '' });
    expect(draw(shuffled, rules, result.seed)).toEqual(result);
  });

  it('gives out every place it can, groups whole, reserved places to those entitled', () => {
    expect(placed.length).toBe(25);
    for (const group of ['g0', 'g1', 'g2', 'g3']) {
      const ids = new Set(applicants.filter((a) => a.group === group).map((a) => a.id));
      const outcomes = new Set(result.order.filter((a) => ids.has(a.id)).map((a) => a.outcome === 'waiting'));
      expect(outcomes.size).toBe(1);
    }
    const entitled = new Set(applicants.filter((a) => a.tags !== undefined).map((a) => a.id));
    const reserved = placed.filter((a) => a.outcome === 'reserved:wheelchair');
    expect(reserved).toHaveLength(6);
    expect(reserved.every((a) => entitled.has(a.id))).toBe(true);
  });

  it('serves tier 1 first, and a group by the last tier among its members', () => {
    const tiers = result.order.map((a) => a.tier);
    expect(tiers).toEqual([...tiers].sort((a, b) => a - b));
    const friend = draw(
      [
        { id: 'a', group: 'g' },
        { id: 'b', group: 'g', tier: 3 },
        { id: 'c', tier: 2 },
      ],
      { places: 1 },
      's',
    );
    expect(friend.order[0]).toMatchObject({ id: 'c', outcome: 'place' });
  });

  it('refuses a list that changed after the commitment, duplicates and senseless places', () => {
    const commitment = commitToList(applicants, rules);
    expect(() => draw(applicants.slice(1), rules, 's', commitment)).toThrow('commitment-differs');
    expect(() => draw(applicants, { ...rules, places: 26 }, 's', commitment)).toThrow('commitment-differs');
    expect(() => draw([{ id: 'a' }, { id: 'a' }], rules, 's')).toThrow('duplicate-applicant');
    expect(() => draw(applicants, { places: -1 }, 's')).toThrow('bad-places');
  });

  it('gives everybody the same chance', () => {
    const ten = Array.from({ length: 10 }, (_, k) => ({ id: `p${k}` }));
    const wins = new Array<number>(10).fill(0);
    for (let s = 0; s < 4000; s++) {
      for (const a of draw(ten, { places: 3 }, `seed ${s}`).order)
        if (a.outcome === 'place') wins[Number(a.id.slice(1))] = (wins[Number(a.id.slice(1))] ?? 0) + 1;
    }
    // Expected 1,200 each; five standard deviations are 145.
    for (const w of wins) expect(Math.abs(w - 1200)).toBeLessThan(145);
  });
});

const market = fc.integer({ min: 1, max: 4 }).chain((classCount) => {
  const ids = Array.from({ length: classCount }, (_, c) => `c${c}`);
  return fc.record({
    classes: fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), places: fc.nat(2) }))),
    applicants: fc
      .array(
        fc.record({
          preferences: fc.shuffledSubarray(ids),
          tiers: fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 1, max: 2 })),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((rows) => rows.map((row, k): ClassApplicant => ({ id: `a${k}`, ...row }))),
  });
});

type Placed = Readonly<Record<string, string | null>>;
type Claim = (classId: string, a: string, b: string) => boolean;

/** Pairs that would rather have each other: the class has room, or holds somebody with a worse claim. */
function blocking(
  people: readonly ClassApplicant[],
  classes: readonly OfferedClass[],
  placed: Placed,
  better: Claim,
): string[] {
  return people.flatMap((a) => {
    const got = placed[a.id] ?? null;
    const wanted = got === null ? a.preferences : a.preferences.slice(0, a.preferences.indexOf(got));
    return wanted.filter((c) => {
      const holders = people.filter((b) => placed[b.id] === c);
      const places = classes.find((k) => k.id === c)?.places ?? 0;
      return holders.length < places || holders.some((b) => better(c, a.id, b.id));
    });
  });
}

/** Every way to place people within their lists and the places. */
function placements(people: readonly ClassApplicant[], classes: readonly OfferedClass[]): Placed[] {
  return people.reduce<Placed[]>(
    (sofar, a) =>
      sofar.flatMap((placed) =>
        [null, ...a.preferences]
          .filter((c) => {
            const places = classes.find((k) => k.id === c)?.places ?? 0;
            return c === null || Object.values(placed).filter((p) => p === c).length < places;
          })
          .map((c) => ({ ...placed, [a.id]: c })),
      ),
    [{}],
  );
}

describe('deferred acceptance', () => {
  it('is stable, and nobody does better in any other stable placement', () => {
    fc.assert(
      fc.property(market, fc.string(), ({ classes, applicants: people }, seed) => {
        const { placed, commitment } = deferredAcceptance(people, classes, seed);
        const number = (id: string): string => drawNumber(commitment, seed, `person ${id}`);
        const tier = (c: string, id: string): number => people.find((p) => p.id === id)?.tiers?.[c] ?? 1;
        const better: Claim = (c, a, b) =>
          tier(c, a) < tier(c, b) || (tier(c, a) === tier(c, b) && number(a) < number(b));
        expect(blocking(people, classes, placed, better)).toEqual([]);
        const rank = (a: ClassApplicant, c: string | null | undefined): number =>
          c === null || c === undefined ? Infinity : a.preferences.indexOf(c);
        for (const other of placements(people, classes)) {
          if (blocking(people, classes, other, better).length > 0) continue;
          for (const a of people) expect(rank(a, placed[a.id])).toBeLessThanOrEqual(rank(a, other[a.id]));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is what a stranger gets with the script in the README', () => {
    const random = randomFrom('classes');
    const classes = ['dance', 'paper-cutting', 'first-aid'].map((id) => ({ id, places: 8 }));
    const people = Array.from({ length: 40 }, (_, k): ClassApplicant => ({
      id: `p${k}`,
      preferences: classes
        .map((c) => c.id)
        .sort(() => random() - 0.5)
        .slice(0, 1 + (k % 3)),
      ...(k % 6 === 0 ? { tiers: { dance: 2 } } : {}),
    }));
    const result = deferredAcceptance(people, classes, '20261130');
    const lines = stranger('replace.mjs', { classes, applicants: people }, '20261130');
    const expected = [...people]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((p) => `${p.id} ${result.placed[p.id] ?? '-'}`);
    expect(lines).toEqual([`commitment ${result.commitment}`, ...expected]);
    expect(result.waiting['dance']?.length).toBeGreaterThan(0);
  });
});

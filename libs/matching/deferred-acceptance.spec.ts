import fc from 'fast-check';

import {
  committedPreferences,
  deferredAcceptance,
  type ClassApplicant,
  type OfferedClass,
} from './deferred-acceptance.js';
import { drawNumber } from './draw.js';
import { randomFrom } from './random.js';
import { stranger } from './test-support/stranger.test-support.js';

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

  const number = (commitment: string, id: string): string => drawNumber(commitment, 's', `person ${id}`);

  it('gives a class to the better tier, whatever the lots, and to the smaller lot within a tier', () => {
    const people: ClassApplicant[] = ['a', 'b', 'c', 'd'].map((id) => ({
      id,
      preferences: ['dance'],
      tiers: { dance: id === 'c' ? 1 : 2 },
    }));
    const { placed, waiting, commitment } = deferredAcceptance(people, [{ id: 'dance', places: 1 }], 's');
    expect(placed).toEqual({ a: null, b: null, c: 'dance', d: null });
    const byLot = ['a', 'b', 'd'].sort((x, y) => (number(commitment, x) < number(commitment, y) ? -1 : 1));
    expect(waiting['dance']).toEqual(byLot);
  });

  it('keeps on the waiting list of a class who would rather be there, and nobody else', () => {
    const people: ClassApplicant[] = [
      { id: 'first', preferences: ['dance', 'song'], tiers: { dance: 1 } },
      { id: 'second', preferences: ['dance', 'song'], tiers: { dance: 2 } },
      { id: 'content', preferences: ['song', 'dance'], tiers: { dance: 3 } },
      { id: 'without', preferences: ['dance'], tiers: { dance: 4 } },
      { id: 'elsewhere', preferences: ['song'], tiers: { song: 2 } },
    ];
    const classes = [
      { id: 'dance', places: 1 },
      { id: 'song', places: 2 },
    ];
    const { placed, waiting } = deferredAcceptance(people, classes, 's');
    expect(placed).toEqual({
      first: 'dance',
      second: 'song',
      content: 'song',
      without: null,
      elsewhere: null,
    });
    expect(waiting).toEqual({ dance: ['second', 'without'], song: ['elsewhere'] });
  });

  it('refuses somebody listed twice and a class that is not offered', () => {
    const classes = [{ id: 'dance', places: 1 }];
    const a: ClassApplicant = { id: 'a', preferences: ['dance'] };
    expect(() => deferredAcceptance([a, a], classes, 's')).toThrow('listed twice');
    expect(() => deferredAcceptance([{ id: 'a', preferences: ['song'] }], classes, 's')).toThrow(
      'not offered',
    );
  });

  it('commits to everything that decides, and to nothing else', () => {
    const classes = [
      { id: 'dance', places: 1 },
      { id: 'song', places: 2 },
    ];
    const a: ClassApplicant = { id: 'a', preferences: ['dance', 'song'], tiers: { song: 2 } };
    const b: ClassApplicant = { id: 'b', preferences: ['song'] };
    const committed = committedPreferences([a, b], classes);
    expect(committedPreferences([b, a], [...classes].reverse())).toBe(committed);
    expect(committedPreferences([a, { ...b, tiers: { song: 1 } }], classes)).toBe(committed);
    for (const change of [
      { ...a, id: 'c' },
      { ...a, preferences: ['song', 'dance'] },
      { ...a, tiers: {} },
      { ...a, tiers: { dance: 2, song: 2 } },
    ])
      expect(committedPreferences([change, b], classes)).not.toBe(committed);
    expect(committedPreferences([a, b], [{ id: 'dance', places: 2 }, ...classes.slice(1)])).not.toBe(
      committed,
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

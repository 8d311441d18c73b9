import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import {
  committedPreferences,
  deferredAcceptance,
  type ClassApplicant,
  type OfferedClass,
} from './deferred-acceptance.js';
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

  it('never gives out more places than there are, even where more are reserved', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, k) => ({ id, tags: [k < 3 ? 'old' : 'new'] }));
    const oversold: DrawRules = {
      places: 4,
      reserved: [
        { tag: 'old', places: 3 },
        { tag: 'new', places: 3 },
      ],
    };
    const outcomes = draw(people, oversold, 's').order.map((a) => a.outcome);
    expect(outcomes.filter((o) => o === 'reserved:old')).toHaveLength(3);
    expect(outcomes.filter((o) => o === 'reserved:new')).toHaveLength(1);
    expect(outcomes.filter((o) => o === 'waiting')).toHaveLength(2);
  });

  it('reserves no more places than the rules say; the rest go to everybody by the draw', () => {
    const people = Array.from({ length: 8 }, (_, k) => ({ id: `p${k}`, tags: k < 6 ? ['old'] : [] }));
    const { order } = draw(people, { places: 5, reserved: [{ tag: 'old', places: 2 }] }, 's');
    const reserved = order.filter((a) => a.outcome === 'reserved:old');
    // The reserved places go to the first entitled people of the draw, the others to the first of all who are left.
    expect(reserved).toEqual(order.filter((a) => Number(a.id.slice(1)) < 6).slice(0, 2));
    const others = order.filter((a) => a.outcome !== 'reserved:old');
    expect(others.map((a) => a.outcome)).toEqual([
      'place',
      'place',
      'place',
      'waiting',
      'waiting',
      'waiting',
    ]);
  });

  it('gives a reserved place to a group only when all of it is entitled', () => {
    const people: Applicant[] = [
      { id: 'a', group: 'mixed', tags: ['old'] },
      { id: 'b', group: 'mixed', tags: [] },
      { id: 'c', group: 'mixed' },
      { id: 'd', group: 'whole', tags: ['old', 'near'] },
      { id: 'e', group: 'whole', tags: ['old'] },
    ];
    for (const seed of ['1', '2', '3', '4', '5', '6']) {
      const { order } = draw(people, { places: 5, reserved: [{ tag: 'old', places: 5 }] }, seed);
      expect(Object.fromEntries(order.map((a) => [a.id, a.outcome]))).toEqual({
        a: 'place',
        b: 'place',
        c: 'place',
        d: 'reserved:old',
        e: 'reserved:old',
      });
    }
  });

  it('passes over a group that is too large for the places left, and serves the next', () => {
    const people: Applicant[] = [
      { id: 'a', group: 'g' },
      { id: 'b', group: 'g' },
      { id: 'c', tier: 2 },
      { id: 'd', tier: 3 },
    ];
    const outcomes = (places: number) =>
      draw(people, { places }, 's').order.map((a) => [a.position, a.id, a.outcome]);
    expect(outcomes(1)).toEqual([
      [1, 'a', 'waiting'],
      [2, 'b', 'waiting'],
      [3, 'c', 'place'],
      [4, 'd', 'waiting'],
    ]);
    expect(outcomes(2).map(([, , outcome]) => outcome)).toEqual(['place', 'place', 'waiting', 'waiting']);
    expect(outcomes(0).map(([, , outcome]) => outcome)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('draws a group by a number of its own, not by that of a person of the same name', () => {
    const { order } = draw([{ id: 'x' }, { id: 'y', group: 'x' }], { places: 1 }, 's');
    expect(new Set(order.map((a) => a.drawNumber)).size).toBe(2);
  });

  it('orders equals by the draw number, smallest first, and says what decided', () => {
    const { order, commitment, seed } = draw(
      Array.from({ length: 12 }, (_, k) => ({ id: `p${k}` })),
      { places: 12 },
      'seed',
    );
    expect(order.map((a) => a.drawNumber)).toEqual(order.map((a) => a.drawNumber).toSorted());
    for (const a of order) expect(a.drawNumber).toBe(drawNumber(commitment, seed, `person ${a.id}`));
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
    for (const places of [-1, 1.5, Number.NaN]) {
      expect(() => draw(applicants, { places }, 's')).toThrow('bad-places');
      const reserved = [{ tag: 'wheelchair', places }];
      expect(() => draw(applicants, { places: 5, reserved }, 's')).toThrow('bad-places');
    }
    expect(() => draw([{ id: 'a', tier: 1.5 }], rules, 's')).toThrow('bad-tier');
    expect(() => draw([{ id: 'a', group: '' }], rules, 's')).toThrow('bad-group');
  });

  it('commits to everything that decides, and to nothing else', () => {
    const base = { id: 'a', tier: 2, group: 'g', tags: ['x', 'y'] };
    const committed = (person: Applicant, of: DrawRules = rules) => commitToList([person, { id: 'b' }], of);
    const changes: Applicant[] = [
      { ...base, id: 'c' },
      { ...base, tier: 1 },
      { ...base, group: 'h' },
      { ...base, tags: ['x'] },
    ];
    for (const change of changes) expect(committed(change)).not.toBe(committed(base));
    const [wheelchair = { tag: '', places: 0 }, nobody = wheelchair] = rules.reserved ?? [];
    for (const other of [
      { ...rules, places: 24 },
      { ...rules, reserved: [nobody, wheelchair] },
      { ...rules, reserved: [wheelchair] },
      { ...rules, reserved: [{ ...wheelchair, places: 5 }, nobody] },
      { places: rules.places },
    ])
      expect(committed(base, other)).not.toBe(committed(base));
    expect(committed({ ...base, tags: ['y', 'x'] })).toBe(committed(base));
    expect(commitToList([{ id: 'b' }, base], rules)).toBe(committed(base));
    expect(commitToList([{ id: 'a', tier: 1, tags: [] }], rules)).toBe(commitToList([{ id: 'a' }], rules));
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

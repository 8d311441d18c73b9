import { commitToList, draw, drawNumber, type Applicant, type DrawRules } from './draw.js';
import { permutation, randomFrom } from './random.js';
import { stranger } from './test-support/stranger.test-support.js';

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

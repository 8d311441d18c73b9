import { buildInstance, type Candidate } from './instance.js';
import { NONE } from './none.js';
import { completePairs, type ForbiddenPair } from './pairs.js';
import { Exchange } from './schedule/exchange.js';
import { Roster } from './schedule/roster.js';

const VISIT = [{ lead: 0, companion: 1 }];

/** Completes the visits of a roster that holds the candidates numbered in `held`; answers who then holds what. */
function completed(
  candidates: readonly Candidate[],
  held: readonly number[],
  forbidden: readonly ForbiddenPair[] = [],
  confirmed: readonly number[] = [],
  pairs = VISIT,
) {
  const visit = (hour: number) => ({ min: 1, max: 1, start: hour * 60, end: hour * 60 + 60 });
  const instance = buildInstance({
    penalty: 10,
    volunteers: [{}, {}, {}, {}].map(() => ({ maxShifts: 1 })),
    slots: [visit(8), visit(8), visit(12), visit(12)],
    candidates,
  });
  const edges = (numbers: readonly number[]) =>
    Uint8Array.from({ length: instance.edges }, (_, e) => (numbers.includes(e) ? 1 : 0));
  const roster = new Roster(instance);
  for (const e of held) roster.add(roster.owner[e] ?? NONE, e);
  roster.commit();
  const fixed = edges(confirmed);
  const leftOut = completePairs(
    roster,
    new Exchange(roster, new Int32Array(4), fixed),
    pairs,
    forbidden,
    fixed,
  );
  return { leftOut, held: [...roster.taken()].flatMap((t, e) => (t === 1 ? [e] : [])) };
}

describe('a visit of two', () => {
  it('gets the missing companion, or the missing lead', () => {
    const candidates: Candidate[] = [
      [0, 0, 5],
      [1, 1, 5],
    ];
    expect(completed(candidates, [0])).toEqual({ leftOut: [], held: [0, 1] });
    expect(completed(candidates, [1])).toEqual({ leftOut: [], held: [0, 1] });
  });

  it('is left alone when it is complete, or when nobody comes', () => {
    const candidates: Candidate[] = [
      [0, 0, 5],
      [1, 1, 5],
    ];
    expect(completed(candidates, [0, 1])).toEqual({ leftOut: [], held: [0, 1] });
    expect(completed(candidates, [])).toEqual({ leftOut: [0], held: [] });
  });

  it('is left out, and its one volunteer free again, when nobody else can come', () => {
    expect(completed([[0, 0, 5]], [0])).toEqual({ leftOut: [0], held: [] });
    expect(completed([[0, 1, 5]], [0])).toEqual({ leftOut: [0], held: [] });
    // One person for both places is nobody for one of them.
    const both: Candidate[] = [
      [0, 0, 5],
      [0, 1, 5],
    ];
    expect(completed(both, [0])).toEqual({ leftOut: [0], held: [] });
    expect(completed(both, [1])).toEqual({ leftOut: [0], held: [] });
  });

  it.each<[string, ForbiddenPair]>([
    ['lead first', [0, 1]],
    ['companion first', [1, 0]],
  ])('gets another companion in place of a forbidden one (%s)', (_, pair) => {
    const candidates: Candidate[] = [
      [0, 0, 5],
      [1, 1, 9],
      [2, 1, 1],
    ];
    expect(completed(candidates, [0, 1], [pair])).toEqual({ leftOut: [], held: [0, 2] });
    expect(completed(candidates.slice(0, 2), [0, 1], [pair])).toEqual({ leftOut: [0], held: [] });
    // The control: somebody else's ban changes nothing.
    expect(completed(candidates, [0, 1], [[0, 3]])).toEqual({ leftOut: [], held: [0, 1] });
  });

  it('draws a companion out of another visit only by way of somebody who takes that place', () => {
    const candidates: Candidate[] = [
      [0, 0, 5],
      [1, 1, 5],
      [1, 3, 5],
      [2, 2, 5],
      [3, 3, 1],
    ];
    const two = [...VISIT, { lead: 2, companion: 3 }];
    expect(completed(candidates, [0, 2, 3], [], [], two)).toEqual({ leftOut: [], held: [0, 1, 3, 4] });
  });

  describe('with somebody confirmed', () => {
    const candidates: Candidate[] = [
      [0, 0, 5],
      [1, 1, 9],
      [2, 0, 1],
      [2, 1, 1],
    ];
    const [lead, companion, otherLead, otherCompanion] = [0, 1, 2, 3];
    const ban: ForbiddenPair[] = [[0, 1]];

    it('changes the other one of a forbidden pair', () => {
      expect(completed(candidates, [lead, companion], ban, [companion])).toEqual({
        leftOut: [],
        held: [companion, otherLead],
      });
      expect(completed(candidates, [lead, companion], ban, [lead])).toEqual({
        leftOut: [],
        held: [lead, otherCompanion],
      });
    });

    it('sends only the other one home where nobody else can come, and reports the visit', () => {
      const two = candidates.slice(0, 2);
      expect(completed(two, [lead, companion], ban, [companion])).toEqual({
        leftOut: [0],
        held: [companion],
      });
      expect(completed(two, [lead, companion], ban, [lead])).toEqual({ leftOut: [0], held: [lead] });
      expect(completed(two.slice(0, 1), [lead], [], [lead])).toEqual({ leftOut: [0], held: [lead] });
    });

    it('leaves two confirmed people where they are, never a third beside them, and reports the visit', () => {
      expect(completed(candidates, [lead, companion], ban, [lead, companion])).toEqual({
        leftOut: [0],
        held: [lead, companion],
      });
    });
  });
});

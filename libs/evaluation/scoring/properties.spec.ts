import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BidInput, EvaluationInput, RankedBid, RankingTotals } from '../types.js';
import { rank, rankTotals } from './rank.js';

interface Options {
  readonly method?: 'tender-scoring' | 'consultation-scoring' | 'lowest-evaluated-price';
}

const CRITERIA = [
  { id: 'plan', max: 50, part: 'technical' },
  { id: 'team', max: 20, part: 'technical' },
  { id: 'record', max: 10, part: 'commercial' },
] as const;

/** Few distinct values, so that ties are common. */
const scoreOf = (max: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: max * 2 }).map((half) => half / 2),
    fc.constantFrom(max, max - 1),
  );

const offers = fc.oneof(fc.integer({ min: 1, max: 100_000_000 }), fc.constantFrom(900, 1_000, 1_100));

function evaluations({ method }: Options = {}): fc.Arbitrary<EvaluationInput> {
  const methods =
    method === undefined ? (['tender-scoring', 'consultation-scoring'] as const) : ([method] as const);
  return fc
    .record({
      method: fc.constantFrom(...methods),
      evaluators: fc.integer({ min: 1, max: 5 }),
      bids: fc.array(
        fc.record({ offerFen: offers, sme: fc.boolean(), qualified: fc.boolean(), score: fc.integer() }),
        { minLength: 1, maxLength: 6 },
      ),
      scores: fc.array(fc.tuple(...CRITERIA.map(({ max }) => scoreOf(max))), {
        minLength: 30,
        maxLength: 30,
      }),
      tieBreak: fc.constantFrom({ then: 'joint' } as const, { then: 'draw', seed: 's' } as const),
      steps: fc.subarray(['criterion-mean', 'quality', 'price-score', 'total'] as const),
    })
    .map(({ method: chosen, evaluators, bids, scores, tieBreak, steps }): EvaluationInput => {
      const priceOnly = chosen === 'lowest-evaluated-price';
      return {
        method: chosen,
        priceRule: priceOnly
          ? { kind: 'price-only', smeDeductionPercent: '15' }
          : { kind: 'lowest-qualified-offer', weight: '20', smeDeductionPercent: '15' },
        criteria: priceOnly ? [] : CRITERIA.map(({ id, max, part }) => ({ id, max: String(max), part })),
        bids: bids.map(({ offerFen, sme, qualified }, at): BidInput => ({
          bidId: `b${at}`,
          offerFen,
          // The first one always takes part, so that there is something to rank.
          qualified: qualified || at === 0,
          smeEntitled: sme,
        })),
        sheets: priceOnly
          ? []
          : bids.flatMap((_, bidAt) =>
              Array.from({ length: evaluators }, (_unused, place) => ({
                evaluatorId: `e${place}`,
                bidId: `b${bidAt}`,
                scores: Object.fromEntries(
                  CRITERIA.map(({ id }, at) => [id, String((scores[bidAt * 5 + place] ?? [])[at] ?? 0)]),
                ),
              })),
            ),
        tieBreak,
        rounding: { decimals: 2, mode: 'half-up', steps },
      };
    });
}

const anyMethod = fc.oneof(evaluations(), evaluations({ method: 'lowest-evaluated-price' }));
const entryOf = (result: RankingTotals, bidId: string): RankedBid => {
  const entry = result.ranking.find((one) => one.bidId === bidId);
  if (entry === undefined) throw new Error(`${bidId} is not ranked`);
  return entry;
};
const places = (result: RankingTotals) =>
  result.ranking.map(({ rank: place, bidId, decidedBy }) => ({ place, bidId, decidedBy }));
const withBid = (input: EvaluationInput, bidId: string, patch: Partial<BidInput>): EvaluationInput => ({
  ...input,
  bids: input.bids.map((bid) => (bid.bidId === bidId ? { ...bid, ...patch } : bid)),
});

describe('what always holds of a ranking', () => {
  it('does not depend on the order of bids, sheets and evaluators', () => {
    fc.assert(
      fc.property(anyMethod, fc.infiniteStream(fc.integer()), (input, keys) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(rank({ ...input, bids: shuffled(input.bids), sheets: shuffled(input.sheets) })).toEqual(
          rank(input),
        );
      }),
    );
  });

  it('is the same with and without derivations', () => {
    fc.assert(
      fc.property(anyMethod, (input) => {
        const { derivations, ...totals } = rank(input);
        expect(totals).toEqual(rankTotals(input));
        for (const entry of totals.ranking) {
          expect(derivations[entry.bidId]?.value).toBe(String(entry.rank));
        }
      }),
    );
  });

  it('is the same when every price is multiplied by k', () => {
    fc.assert(
      fc.property(anyMethod, fc.integer({ min: 2, max: 1_000 }), (input, k) => {
        const scaled = {
          ...input,
          bids: input.bids.map((bid) => ({ ...bid, offerFen: Number(bid.offerFen) * k })),
        };
        const [before, after] = [rankTotals(input), rankTotals(scaled)];
        expect(places(after)).toEqual(places(before));
        expect(after.ranking.map((entry) => entry.totalExact)).toEqual(
          before.ranking.map((entry) => entry.totalExact),
        );
      }),
    );
  });

  it('never worsens the rank of the bid whose score is raised', () => {
    fc.assert(
      fc.property(
        evaluations(),
        fc.nat(),
        fc.constantFrom(...CRITERIA),
        fc.nat(),
        (input, pick, criterion, by) => {
          const mine = input.sheets.filter((sheet) => sheet.bidId === 'b0');
          const target = mine[pick % mine.length];
          const old = Number(target?.scores[criterion.id] ?? '0');
          const raised = String(Math.min(criterion.max, old + (by % 20) / 4));
          const better = {
            ...input,
            sheets: input.sheets.map((sheet) =>
              sheet === target ? { ...sheet, scores: { ...sheet.scores, [criterion.id]: raised } } : sheet,
            ),
          };
          expect(entryOf(rankTotals(better), 'b0').rank).toBeLessThanOrEqual(
            entryOf(rankTotals(input), 'b0').rank,
          );
        },
      ),
    );
  });

  it('never worsens the rank of the bid whose price is lowered, even when it becomes the base', () => {
    fc.assert(
      fc.property(anyMethod, fc.integer({ min: 1, max: 99 }), (input, percent) => {
        const old = Number(input.bids[0]?.offerFen);
        const lower = Math.max(1, Math.floor((old * percent) / 100));
        const before = rankTotals(input);
        const after = rankTotals(withBid(input, 'b0', { offerFen: lower }));
        expect(entryOf(after, 'b0').rank).toBeLessThanOrEqual(entryOf(before, 'b0').rank);
        if (after.base?.evaluatedPriceFen === before.base?.evaluatedPriceFen) {
          const others = (result: RankingTotals) =>
            result.ranking
              .filter((entry) => entry.bidId !== 'b0')
              .map((entry) => [entry.bidId, entry.totalExact]);
          expect(others(after)).toEqual(others(before));
        }
      }),
    );
  });

  it('leaves all other totals alone when a bid that does not hold the base alone is disqualified', () => {
    fc.assert(
      fc.property(anyMethod, fc.nat(), (input, pick) => {
        const before = rankTotals(input);
        const holders = before.base?.bidIds ?? [];
        const candidates = before.ranking.filter(
          (entry) => !(holders.length === 1 && holders[0] === entry.bidId),
        );
        fc.pre(candidates.length > 0);
        const out = candidates[pick % candidates.length]?.bidId ?? '';
        const after = rankTotals({ ...input, disqualified: [{ bidId: out, reason: 'x' }] });
        for (const entry of after.ranking) {
          expect(entry.totalExact).toBe(entryOf(before, entry.bidId).totalExact);
          expect(entry.rank).toBeLessThanOrEqual(entryOf(before, entry.bidId).rank);
        }
      }),
    );
  });

  it('keeps every contract price at the offer, whatever the deduction, which never costs its holder a point', () => {
    fc.assert(
      fc.property(evaluations(), (input) => {
        const [without, withIt] = [false, true].map((smeEntitled) =>
          rankTotals(withBid(input, 'b0', { smeEntitled })),
        );
        if (without === undefined || withIt === undefined) throw new Error('two results');
        for (const entry of [...without.ranking, ...withIt.ranking]) {
          expect(entry.contractPriceFen).toBe(
            Number(input.bids.find((bid) => bid.bidId === entry.bidId)?.offerFen),
          );
          expect(Number(entry.evaluatedPriceFen)).toBeLessThanOrEqual(entry.contractPriceFen);
        }
        expect(Number(entryOf(withIt, 'b0').totalScore)).toBeGreaterThanOrEqual(
          Number(entryOf(without, 'b0').totalScore),
        );
        expect(entryOf(withIt, 'b0').rank).toBeLessThanOrEqual(entryOf(without, 'b0').rank);
      }),
    );
  });

  it('shows why the rank of a third bid may change: a new base shrinks price scores unevenly', () => {
    // b1 is cheaper, b2 is better by 3 points; halving the base halves b1's lead in price from 4 to 2 points.
    const input: EvaluationInput = {
      method: 'tender-scoring',
      priceRule: { kind: 'lowest-qualified-offer', weight: '20' },
      criteria: [{ id: 'q', max: '80' }],
      bids: [
        { bidId: 'b0', offerFen: 1_000, qualified: true, smeEntitled: false },
        { bidId: 'b1', offerFen: 1_000, qualified: true, smeEntitled: false },
        { bidId: 'b2', offerFen: 1_250, qualified: true, smeEntitled: false },
      ],
      sheets: [
        { evaluatorId: 'e', bidId: 'b0', scores: { q: '0' } },
        { evaluatorId: 'e', bidId: 'b1', scores: { q: '50' } },
        { evaluatorId: 'e', bidId: 'b2', scores: { q: '53' } },
      ],
      tieBreak: { then: 'joint' },
    };
    expect(places(rankTotals(input)).map((one) => one.bidId)).toEqual(['b1', 'b2', 'b0']);
    const lowered = rankTotals(withBid(input, 'b0', { offerFen: 500 }));
    expect(places(lowered).map((one) => one.bidId)).toEqual(['b2', 'b1', 'b0']);
  });
});

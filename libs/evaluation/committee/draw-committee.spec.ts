import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CommitteeDraw,
  commitSeed,
  committeeRule,
  drawCommittee,
  DRAW_FORMAT,
} from './draw-committee.js';

const RULE = { minimumSize: 3, source: { citation: 'test', grade: 'A' } } as const;
const expert = (expertId: string, ...interests: string[]) => ({ expertId, interests });
const drawOf = (patch: Partial<CommitteeDraw> = {}): CommitteeDraw => ({
  format: DRAW_FORMAT,
  seed: '2026-05-08 双色球 03 07 11 19 26 31 05',
  size: 5,
  buyerRepresentatives: 1,
  pool: Array.from({ length: 12 }, (_, at) => expert(`专家-${String(at + 1).padStart(2, '0')}`)),
  recusals: [],
  ...patch,
});

/** The script stands in the README; this runs exactly those lines. */
function strangersAnswer(draw: CommitteeDraw): unknown {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const script = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(script.trim().split('\n').length).toBeLessThanOrEqual(30);
  const folder = mkdtempSync(join(tmpdir(), 'draw-'));
  try {
    const file = join(folder, 'draw.mjs');
    writeFileSync(file, script);
    return JSON.parse(
      execFileSync(process.execPath, [file], { input: JSON.stringify(draw), encoding: 'utf8' }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the committee draw', () => {
  it('is re-run by the script in the README with the same members', () => {
    const plain = drawOf();
    const { members } = drawCommittee(plain, RULE);
    const contested = drawOf({
      recusals: [members[1] ?? ''],
      pool: plain.pool.map((one) => (one.expertId === members[0] ? expert(one.expertId, '三年内任职') : one)),
    });
    expect(strangersAnswer(plain)).toEqual(members);
    expect(strangersAnswer(contested)).toEqual(drawCommittee(contested, RULE).members);
    expect(drawCommittee(contested, RULE).members).not.toContain(members[0]);
  });

  it('replaces a recused expert by the next lot and moves nobody else', () => {
    const before = drawCommittee(drawOf(), RULE);
    const recused = before.members[0] ?? '';
    const next = before.order.find((one) => one.standing === 'reserve')?.expertId ?? '';
    const after = drawCommittee(drawOf({ recusals: [recused] }), RULE);
    expect(after.members).toEqual([...before.members.slice(1), next]);
    expect(after.replacements).toEqual([{ recused, replacedBy: next }]);
  });

  it('does not depend on the order of the pool', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }), {
          minLength: 5,
          maxLength: 20,
        }),
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        (ids, seed) => {
          const pool = ids.map((id) => expert(id));
          const forwards = drawCommittee(drawOf({ pool, seed }), RULE);
          const backwards = drawCommittee(drawOf({ pool: [...pool].reverse(), seed }), RULE);
          expect(backwards).toEqual(forwards);
          expect(forwards.members).toHaveLength(4);
        },
      ),
    );
  });

  it('gives every expert a fair chance over many seeds', () => {
    const counts = new Map<string, number>();
    const rounds = 3_000;
    for (let round = 0; round < rounds; round += 1) {
      for (const id of drawCommittee(drawOf({ seed: `seed ${round}` }), RULE).members) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    // 4 of 12 sit: 1000 expected; 5 standard deviations of a binomial are 129.
    for (const count of counts.values()) expect(Math.abs(count - rounds / 3)).toBeLessThan(130);
    expect(counts.size).toBe(12);
  });

  it.each<[string, Partial<CommitteeDraw>]>([
    ['is not odd', { size: 4 }],
    ['below the minimum', { size: 1, buyerRepresentatives: 0 }],
    ['fewer than two thirds', { buyerRepresentatives: 2 }],
    ['representatives not counted', { buyerRepresentatives: -1 }],
    ['representatives not counted', { buyerRepresentatives: 0.5 }],
    ['twice in the pool', { pool: [expert('a'), expert('a')] }],
    ['names nobody', { recusals: ['ghost'] }],
    ['an expert id is empty or contains a control', { pool: [...drawOf().pool, expert('a\nb')] }],
    ['an expert id is empty or contains a control', { pool: [...drawOf().pool, expert('')] }],
    ['the seed is empty', { seed: '' }],
    ['the seed is empty or contains a control', { seed: 'a\nb' }],
  ])('is refused: %s', (problem, patch) => {
    expect(() => drawCommittee(drawOf(patch), RULE)).toThrow(problem);
  });

  it('is drawn at the very limits: smallest size, a third of representatives, nobody to spare', () => {
    const pool = ['a', 'b'].map((id) => expert(id));
    const { members } = drawCommittee(drawOf({ size: 3, buyerRepresentatives: 1, pool }), RULE);
    expect(members.toSorted()).toEqual(['a', 'b']);
    const alone = drawOf({ size: 3, buyerRepresentatives: 0, pool: [...pool, expert('c')] });
    expect(drawCommittee(alone, RULE).members).toHaveLength(3);
    expect(() => drawCommittee(drawOf({ size: 3, buyerRepresentatives: 0, pool }), RULE)).toThrow(
      /Only 2 experts remain.* 3 are needed/,
    );
  });

  it('says of everybody in the pool, in lot order, how they stand', () => {
    const plain = drawCommittee(drawOf(), RULE).order.map((one) => one.expertId);
    const [first = '', second = '', ...rest] = plain;
    const draw = drawOf({
      pool: drawOf().pool.map((one) => (one.expertId === first ? expert(first, '近亲属') : one)),
      recusals: [second],
    });
    const { order, replacements } = drawCommittee(draw, RULE);
    expect(order.map((one) => one.expertId)).toEqual(plain);
    expect(order.map((one) => one.lot)).toEqual(order.map((one) => one.lot).toSorted());
    expect(order.map((one) => one.standing)).toEqual([
      'excluded',
      'recused',
      ...rest.map((_, at) => (at < 4 ? 'member' : 'reserve')),
    ]);
    // Who declared an interest was never drawn, so nobody replaces them.
    expect(replacements).toEqual([{ recused: second, replacedBy: rest[3] }]);
  });

  it('keeps out an expert who both declared an interest and stepped aside', () => {
    const [first = ''] = drawCommittee(drawOf(), RULE).members;
    const pool = drawOf().pool.map((one) => (one.expertId === first ? expert(first, '近亲属') : one));
    const { order, members, replacements } = drawCommittee(drawOf({ pool, recusals: [first] }), RULE);
    expect(order.find((one) => one.expertId === first)?.standing).toBe('excluded');
    expect(members).not.toContain(first);
    expect(replacements).toEqual([]);
  });

  it('says when too few remain', () => {
    const pool = drawOf().pool.map((one, at) => (at < 9 ? expert(one.expertId, '近亲属') : one));
    expect(() => drawCommittee(drawOf({ pool }), RULE)).toThrow(/Only 3 experts remain.* 4 are needed/);
  });

  it.each([
    ['tender', 0n, false, 5],
    ['tender', 1_000_000_000n, false, 7],
    ['tender', 999_999_999n, false, 5],
    ['tender', 0n, true, 7],
    ['consultation', 1_000_000_000n, true, 3],
    ['negotiation', 0n, false, 3],
  ] as const)('a %s over %s fen (complex: %s) needs %s members', (procedure, budgetFen, complex, minimum) => {
    expect(committeeRule({ procedure, budgetFen, complex, on: '2026-01-01' }).minimumSize).toBe(minimum);
  });

  it('commits to a seed without showing it', () => {
    expect(commitSeed('a')).toMatch(/^[0-9a-f]{64}$/);
    expect(commitSeed('a')).not.toBe(commitSeed('b'));
  });
});
